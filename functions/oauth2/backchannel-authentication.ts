import { authenticateBackchannel } from '#shared/oidc/flows/authenticate-backchannel.ts'
import { readBackchannelRequest } from '#shared/oidc/messages/backchannel-authentication-request.ts'
import { backchannelPorts } from '../_runtime/deps/backchannel-ports.ts'
import { proofNonce } from '../_runtime/deps/proof-nonce.ts'
import { endpoint } from '../_runtime/endpoint.ts'
import { clientHeaders } from '../_runtime/read/client-headers.ts'
import { oauthJson } from '../_runtime/render-error/oauth-json.ts'
import { jsonNoStore } from '../_runtime/respond/json.ts'

export const handler = endpoint({
  name: 'oauth2.backchannel-authentication',
  parse: (request) =>
    readBackchannelRequest(request.form(), clientHeaders(request), request.address),
  run: authenticateBackchannel(backchannelPorts),
  respond: jsonNoStore,
  errors: oauthJson,
  proofNonce,
})
