import { expect, test } from 'vitest'
import { StoreUnavailable } from '#shared/ports/store-unavailable.ts'
import { client, now, responseTarget, tenant } from '../../../test/support/builders.ts'
import { claimsOf, plainProtection } from '../../../test/support/fake-ports.ts'
import { AuthorizationError } from '../authorization/authorization-error.ts'
import type { ResponseMode } from '../authorization/response-mode.ts'
import { invalidScope } from '../errors.ts'
import { refusingTo } from './refusing-to.ts'

const refusing = refusingTo({ protection: async () => plainProtection })
const addressee = (responseMode: ResponseMode = 'query') => ({
  tenant: tenant(),
  client: client(),
  target: responseTarget({ responseMode }),
  now,
})
const refusal = invalidScope('oauth/scope/none', 'no scope')

test('rfc6749 section 4.1.2.1: what the rules refuse goes back to the client', async () => {
  const refused = refusing(addressee(), () => Promise.reject(refusal))
  await expect(refused).rejects.toBeInstanceOf(AuthorizationError)
  await expect(refused).rejects.toMatchObject({
    response: {
      kind: 'redirect',
      location:
        'https://app.example/callback?error=invalid_scope&error_description=no+scope' +
        '&state=af0ifjsldkj&iss=https%3A%2F%2Fid.example%2Facme',
    },
    refusal,
    cause: refusal,
  })
})

test('rfc6749 section 4.1.2.1: a busy store is temporarily_unavailable, told to the client', async () => {
  const busy = new StoreUnavailable('no', undefined)
  const refused = refusing(addressee(), () => Promise.reject(busy))
  await expect(refused).rejects.toBeInstanceOf(AuthorizationError)
  await expect(refused).rejects.toMatchObject({
    refusal: { code: 'temporarily_unavailable', status: 503, cause: busy },
  })
})

test('jarm section 2.1: a refusal is signed like every other answer', async () => {
  const refused = refusing(addressee('fragment.jwt'), () => Promise.reject(refusal))
  const { response } = (await refused.catch((error: unknown) => error)) as AuthorizationError
  const { hash } = new URL(response.kind === 'redirect' ? response.location : 'about:blank')
  const fields = new URLSearchParams(hash.slice(1))
  expect([...fields.keys()]).toEqual(['response'])
  expect(claimsOf(fields.get('response') ?? '')).toMatchObject({
    iss: tenant().issuer,
    aud: 'web',
    error: 'invalid_scope',
    error_description: 'no scope',
    state: 'af0ifjsldkj',
  })
})

test('a bug is not told to the client', async () => {
  const failure = new TypeError('a bug')
  await expect(refusing(addressee(), () => Promise.reject(failure))).rejects.toBe(failure)
})

test('what the rules answer is answered', async () => {
  expect(await refusing(addressee(), async () => 7)).toBe(7)
})
