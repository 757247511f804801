import { redeemGrant } from '#shared/oauth/flows/token.ts'
import { parseTokenRequest } from '#shared/oauth/messages/token-request.ts'
import { tokenPorts } from '../_runtime/deps/token-ports.ts'
import { endpoint } from '../_runtime/endpoint.ts'
import { oauthJson } from '../_runtime/render-error/oauth-json.ts'
import { jsonNoStore } from '../_runtime/respond/json.ts'

export const handler = endpoint({
  name: 'oauth2.token',
  parse: (request) =>
    parseTokenRequest(request.form(), request.header('authorization'), request.address),
  run: redeemGrant(tokenPorts),
  respond: jsonNoStore,
  counts: () => ['tokensIssued'],
  errors: oauthJson,
  isForPages: true,
})
