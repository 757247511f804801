import { expect, test } from 'vitest'
import { thrownBy } from '../../test/support/refusals.ts'
import { verifyOrigin } from './origin.ts'

const issuer = 'https://id.example/acme'

test('rfc6454 section 7: our own origin passes, without the path of the issuer', () => {
  verifyOrigin('https://id.example', issuer)
  verifyOrigin('http://localhost:9000', 'http://localhost:9000/demo')
})

test.each([
  undefined,
  '',
  'null',
  'https://evil.example',
  'http://id.example',
  'https://id.example:8443',
  'https://id.example/',
  'https://id.example/acme',
  'https://id.example.evil.example',
  'https://ID.example',
])('rfc6454 section 7: a form that was sent from %s is refused', (presented) => {
  expect(thrownBy(() => verifyOrigin(presented, issuer))).toMatchObject({
    code: 'cross_site_request',
    status: 403,
    rule: 'signin/origin',
  })
})
