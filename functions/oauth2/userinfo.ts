import { userInfo } from '#shared/oidc/flows/user-info.ts'
import { proofNonce } from '../_runtime/deps/proof-nonce.ts'
import { userInfoPorts } from '../_runtime/deps/user-info-ports.ts'
import { endpoint } from '../_runtime/endpoint.ts'
import { readUserInfoRequest } from '../_runtime/read/user-info-request.ts'
import { bearerChallenge } from '../_runtime/render-error/bearer-challenge.ts'
import { userInfoAnswer } from '../_runtime/respond/user-info.ts'

export const handler = endpoint({
  name: 'oauth2.userinfo',
  parse: readUserInfoRequest,
  run: userInfo(userInfoPorts),
  respond: userInfoAnswer,
  errors: bearerChallenge,
  proofNonce,
  isForPages: true,
})
