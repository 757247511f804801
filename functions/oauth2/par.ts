import { pushRequest } from '#shared/oidc/flows/push-request.ts'
import { parsePushingRequest } from '#shared/oidc/messages/pushed-request.ts'
import { proofNonce } from '../_runtime/deps/proof-nonce.ts'
import { pushingPorts } from '../_runtime/deps/pushing-ports.ts'
import { endpoint } from '../_runtime/endpoint.ts'
import { clientHeaders } from '../_runtime/read/client-headers.ts'
import { oauthJson } from '../_runtime/render-error/oauth-json.ts'
import { jsonCreated } from '../_runtime/respond/json.ts'

export const handler = endpoint({
  name: 'oauth2.par',
  parse: (request) => parsePushingRequest(request.form(), clientHeaders(request), request.address),
  run: pushRequest(pushingPorts),
  respond: jsonCreated,
  errors: oauthJson,
  proofNonce,
  isForPages: true,
})
