import { idTokenPorts } from './id-token-ports.ts'
import { random, region } from './node.ts'
import { refreshFamilies, resourceServers } from './store.ts'

/** Everything that handing out tokens at the authorization endpoint needs. */
export const frontChannelPorts = {
  ...idTokenPorts,
  random,
  refreshFamilies,
  region,
  resourceServers,
}
