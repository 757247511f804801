import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyText, parsesOrRefuses, thrownBy } from '../../../test/support/refusals.ts'
import { verifySectorIdentifier } from './sector-identifier.ts'

const [one, other] = ['https://a.example/callback', 'https://b.example/callback']

test('oidc registration section 5: every redirect URI is listed', () => {
  expect(() => verifySectorIdentifier(JSON.stringify([other, one]), [one, other])).not.toThrow()
})

test('oidc registration section 5: one that is not is refused, to the letter', () => {
  for (const listed of [[other], [`${one}/`], [one.toUpperCase()], []]) {
    expect(thrownBy(() => verifySectorIdentifier(JSON.stringify(listed), [one]))).toMatchObject({
      code: 'invalid_redirect_uri',
    })
  }
})

test.each([[undefined], ['{}'], ['"https://a.example/callback"'], ['<html>'], ['null']])(
  'oidc registration section 5: %s is no list',
  (document) => {
    expect(thrownBy(() => verifySectorIdentifier(document, [one]))).toMatchObject({
      code: 'invalid_client_metadata',
    })
  },
)

test('any document is a list or is refused', () => {
  const document = fc.oneof(anyText, fc.json())
  fc.assert(
    fc.property(document, (text) => parsesOrRefuses(() => verifySectorIdentifier(text, [one]))),
  )
})
