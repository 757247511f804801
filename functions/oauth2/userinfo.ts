import { userInfo } from '#shared/oidc/flows/user-info.ts'
import { clock } from '../_runtime/deps/node.ts'
import { sealer } from '../_runtime/deps/sealer.ts'
import { clients, groups, refreshFamilies, sessions, users } from '../_runtime/deps/store.ts'
import { tokenVerifier } from '../_runtime/deps/token-verifier.ts'
import { endpoint } from '../_runtime/endpoint.ts'
import { readUserInfoRequest } from '../_runtime/read/user-info-request.ts'
import { bearerChallenge } from '../_runtime/render-error/bearer-challenge.ts'
import { jsonNoStore } from '../_runtime/respond/json.ts'

const store = { clients, groups, refreshFamilies, sessions, users }

export const handler = endpoint({
  name: 'oauth2.userinfo',
  parse: readUserInfoRequest,
  run: userInfo({ ...store, accessTokens: tokenVerifier, sealer, clock }),
  respond: jsonNoStore,
  errors: bearerChallenge,
  isForPages: true,
})
