import { accessTokenPorts } from './access-tokens.ts'
import { clock } from './node.ts'
import { protection } from './protection.ts'
import { senderPorts } from './sender-ports.ts'
import { groups } from './store.ts'

/** Everything the UserInfo endpoint needs. */
export const userInfoPorts = { ...accessTokenPorts, ...senderPorts, clock, groups, protection }
