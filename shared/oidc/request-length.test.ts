import { expect, test } from 'vitest'
import { thrownBy } from '../../test/support/refusals.ts'
import { verifyInteractionLength, verifyRequestLength } from './request-length.ts'

test('rfc9110 section 15.5.14: a request that no URL can carry on is too large', () => {
  verifyRequestLength('x'.repeat(4096))
  expect(thrownBy(() => verifyRequestLength('x'.repeat(4097)))).toMatchObject({
    code: 'invalid_request',
    status: 413,
    rule: 'oidc/request-length',
  })
})

test('rfc9110 section 15.5.14: so is one that leads to pages of ours with too long an address', () => {
  verifyInteractionLength('x'.repeat(7800))
  expect(thrownBy(() => verifyInteractionLength('x'.repeat(7801)))).toMatchObject({
    code: 'invalid_request',
    status: 413,
    rule: 'oidc/request-length/interaction',
  })
})
