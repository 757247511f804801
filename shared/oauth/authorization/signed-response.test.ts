import { expect, test } from 'vitest'
import { clientId, now, responseTarget, tenant } from '../../../test/support/builders.ts'
import { signedResponseClaims } from './signed-response.ts'

test('jarm section 2.1 and 5.3: issuer, audience, an end within ten minutes, and the parameters', () => {
  const claims = signedResponseClaims(responseTarget(), clientId, { code: 'c' }, now)
  expect(claims).toEqual({
    iss: tenant().issuer,
    aud: clientId,
    exp: expect.any(Number),
    code: 'c',
    state: 'af0ifjsldkj',
  })
  expect(claims.exp - now).toBeGreaterThan(0)
  expect(claims.exp - now).toBeLessThanOrEqual(600)
})

test('rfc6749 section 4.1.2: no state is made up where none was sent', () => {
  const target = responseTarget({ state: undefined })
  expect(signedResponseClaims(target, clientId, { code: 'c' }, now)).not.toHaveProperty('state')
})
