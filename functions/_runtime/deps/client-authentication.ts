import { clientAssertionVerifier } from '#shared/node/client-assertion-verifier.ts'
import { clientKeys } from './client-keys.ts'
import { random } from './node.ts'
import { clientAssertions, clients } from './store.ts'

/** Everything that authenticating a client needs. */
export const clientAuthentication = {
  assertionVerifier: clientAssertionVerifier(clientKeys),
  clientAssertions,
  clientKeys,
  clients,
  random,
}
