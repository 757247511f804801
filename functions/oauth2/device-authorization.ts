import { authorizeDevice } from '#shared/oauth/flows/authorize-device.ts'
import { parseDeviceAuthorizationRequest } from '#shared/oauth/messages/device-authorization-request.ts'
import { devicePorts } from '../_runtime/deps/device-ports.ts'
import { proofNonce } from '../_runtime/deps/proof-nonce.ts'
import { endpoint } from '../_runtime/endpoint.ts'
import { clientHeaders } from '../_runtime/read/client-headers.ts'
import { oauthJson } from '../_runtime/render-error/oauth-json.ts'
import { jsonNoStore } from '../_runtime/respond/json.ts'

export const handler = endpoint({
  name: 'oauth2.device-authorization',
  parse: (request) =>
    parseDeviceAuthorizationRequest(request.form(), clientHeaders(request), request.address),
  run: authorizeDevice(devicePorts),
  respond: jsonNoStore,
  errors: oauthJson,
  proofNonce,
})
