import { userInfo } from '#shared/oidc/flows/user-info.ts'
import { accessTokenPorts } from '../_runtime/deps/access-tokens.ts'
import { dpopNonce } from '../_runtime/deps/dpop-nonce.ts'
import { clock } from '../_runtime/deps/node.ts'
import { senderPorts } from '../_runtime/deps/sender-ports.ts'
import { groups } from '../_runtime/deps/store.ts'
import { endpoint } from '../_runtime/endpoint.ts'
import { readUserInfoRequest } from '../_runtime/read/user-info-request.ts'
import { bearerChallenge } from '../_runtime/render-error/bearer-challenge.ts'
import { jsonNoStore } from '../_runtime/respond/json.ts'

export const handler = endpoint({
  name: 'oauth2.userinfo',
  parse: readUserInfoRequest,
  run: userInfo({ ...accessTokenPorts, ...senderPorts, groups, clock }),
  respond: jsonNoStore,
  errors: bearerChallenge,
  dpopNonce,
  isForPages: true,
})
