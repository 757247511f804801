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

test.each([new TypeError('a bug'), new StoreUnavailable('no', undefined)])(
  'what failed by itself is not told to the client: %s',
  async (failure) => {
    await expect(refusingTo(target, () => Promise.reject(failure))).rejects.toBe(failure)
  },
)

test('what the rules answer is answered', async () => {
  expect(await refusingTo(target, async () => 7)).toBe(7)
})
