import { revoke } from '#shared/oauth/flows/revoke.ts'
import { accessTokenPorts } from '../_runtime/deps/access-tokens.ts'
import { clientAuthentication } from '../_runtime/deps/client-authentication.ts'
import { clock } from '../_runtime/deps/node.ts'
import { proofNonce } from '../_runtime/deps/proof-nonce.ts'
import { endpoint } from '../_runtime/endpoint.ts'
import { readTokenInquiry } from '../_runtime/read/token-inquiry.ts'
import { oauthJson } from '../_runtime/render-error/oauth-json.ts'
import { jsonNoStore } from '../_runtime/respond/json.ts'

export const handler = endpoint({
  name: 'oauth2.revoke',
  parse: readTokenInquiry,
  run: revoke({ ...clientAuthentication, ...accessTokenPorts, clock }),
  respond: () => jsonNoStore({}),
  errors: oauthJson,
  proofNonce,
  isForPages: true,
})
