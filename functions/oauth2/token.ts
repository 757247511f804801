import { redeemGrant } from '#shared/oauth/flows/token.ts'
import { parseTokenRequest } from '#shared/oauth/messages/token-request.ts'
import { proofNonce } from '../_runtime/deps/proof-nonce.ts'
import { tokenPorts } from '../_runtime/deps/token-ports.ts'
import { endpoint } from '../_runtime/endpoint.ts'
import { clientHeaders } from '../_runtime/read/client-headers.ts'
import { oauthJson } from '../_runtime/render-error/oauth-json.ts'
import { jsonNoStore } from '../_runtime/respond/json.ts'

export const handler = endpoint({
  name: 'oauth2.token',
  parse: (request) => parseTokenRequest(request.form(), clientHeaders(request), request.address),
  run: redeemGrant(tokenPorts),
  respond: jsonNoStore,
  counts: () => ['tokensIssued'],
  errors: oauthJson,
  proofNonce,
  isForPages: true,
})
