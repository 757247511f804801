import { assertionVerifier } from './assertion-verifier.ts'
import { clientKeys } from './client-keys.ts'
import { clients } from './clients.ts'
import { externalTokens } from './external-tokens.ts'
import { senderPorts } from './sender-ports.ts'
import { clientAssertions } from './store.ts'

/** Everything that authenticating a client needs. */
export const clientAuthentication = {
  assertionVerifier,
  clientAssertions,
  clientKeys,
  clients,
  externalTokens,
  ...senderPorts,
}
