import type { ClientAssertionVerifier } from '#shared/ports/client-assertion-verifier.ts'
import { clientKeys } from './client-keys.ts'

/** Request objects carry the same signatures as assertions; loaded when the first one comes. */
export const requestObjects: ClientAssertionVerifier = {
  async verify(...object) {
    const { clientAssertionVerifier } = await import('#shared/node/client-assertion-verifier.ts')
    return clientAssertionVerifier(clientKeys).verify(...object)
  },
}
