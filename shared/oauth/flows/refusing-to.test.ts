import { expect, test } from 'vitest'
import { StoreUnavailable } from '#shared/ports/store-unavailable.ts'
import { responseTarget } from '../../../test/support/builders.ts'
import { AuthorizationError } from '../authorization-error.ts'
import { invalidScope } from '../errors.ts'
import { refusingTo } from './refusing-to.ts'

const target = responseTarget()

test('rfc6749 section 4.1.2.1: what the rules refuse goes back to the client', async () => {
  const refusal = invalidScope('oauth/scope/none', 'no scope')
  const refused = refusingTo(target, () => Promise.reject(refusal))
  await expect(refused).rejects.toBeInstanceOf(AuthorizationError)
  await expect(refused).rejects.toMatchObject({ target, refusal })
})

test('rfc6749 section 4.1.2.1: a busy store is temporarily_unavailable, told to the client', async () => {
  const busy = new StoreUnavailable('no', undefined)
  const refusal = { code: 'temporarily_unavailable', status: 503, cause: busy }
  const refused = refusingTo(target, () => Promise.reject(busy))
  await expect(refused).rejects.toBeInstanceOf(AuthorizationError)
  await expect(refused).rejects.toMatchObject({ target, refusal })
})

test('a bug is not told to the client', async () => {
  const failure = new TypeError('a bug')
  await expect(refusingTo(target, () => Promise.reject(failure))).rejects.toBe(failure)
})

test('what the rules answer is answered', async () => {
  expect(await refusingTo(target, async () => 7)).toBe(7)
})
