import { clientAuthentication } from './client-authentication.ts'
import { httpClient } from './http-client.ts'
import { clock } from './node.ts'
import { sealer } from './sealer.ts'
import { pushedRequests, resourceServers } from './store.ts'

/** Everything that taking a pushed request needs. */
export const pushingPorts = {
  ...clientAuthentication,
  clock,
  httpClient,
  pushedRequests,
  resourceServers,
  requestObjects: clientAuthentication.assertionVerifier,
  sealer,
}
