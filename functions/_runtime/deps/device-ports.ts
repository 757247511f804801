import { clientAuthentication } from './client-authentication.ts'
import { clock, region } from './node.ts'
import { attempts, deviceAuthorizations, resourceServers } from './store.ts'

/** Everything that handing a device its codes needs. */
export const devicePorts = {
  ...clientAuthentication,
  attempts,
  deviceAuthorizations,
  resourceServers,
  clock,
  region,
}
