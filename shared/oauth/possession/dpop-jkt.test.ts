import { describe, expect, test } from 'vitest'
import { thrownBy } from '../../../test/support/refusals.ts'
import { withProvenKey } from './dpop-jkt.ts'

describe('rfc9449 section 10.1: the key of a proof', () => {
  test.each(['client_id=web', 'client_id=web&dpop_jkt=', 'client_id=web&dpop_jkt=j'])(
    'binds the code as dpop_jkt would: %s',
    (request) => {
      expect(withProvenKey(request, 'j')).toBe('client_id=web&dpop_jkt=j')
    },
  )

  test('must not be another one than dpop_jkt says', () => {
    expect(thrownBy(() => withProvenKey('dpop_jkt=k', 'j'))).toMatchObject({
      code: 'invalid_dpop_proof',
      rule: 'oauth/dpop/other-key',
    })
  })

  test('without a proof the request stays as it is', () => {
    expect(withProvenKey('dpop_jkt=k', undefined)).toBe('dpop_jkt=k')
  })
})
