import { random, region } from './node.ts'
import { protection } from './protection.ts'
import { sealer } from './sealer.ts'

/** Everything that answering an authorization request needs; what few answers need is loaded for them. */
export const answerPorts = {
  frontChannel: async () => (await import('./front-channel-ports.ts')).frontChannelPorts,
  protection,
  random,
  region,
  sealer,
}
