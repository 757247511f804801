import { clientAssertionVerifier } from '#shared/node/client-assertion-verifier.ts'
import { clientKeys } from './client-keys.ts'
import { clients } from './clients.ts'
import { senderPorts } from './sender-ports.ts'
import { clientAssertions } from './store.ts'

/** Everything that authenticating a client needs. */
export const clientAuthentication = {
  assertionVerifier: clientAssertionVerifier(clientKeys),
  clientAssertions,
  clientKeys,
  clients,
  ...senderPorts,
}
