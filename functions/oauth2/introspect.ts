import { introspect } from '#shared/oauth/flows/introspect.ts'
import { introspectionPorts } from '../_runtime/deps/introspection-ports.ts'
import { proofNonce } from '../_runtime/deps/proof-nonce.ts'
import { endpoint } from '../_runtime/endpoint.ts'
import { readIntrospectionRequest } from '../_runtime/read/token-inquiry.ts'
import { oauthJson } from '../_runtime/render-error/oauth-json.ts'
import { introspectionAnswer } from '../_runtime/respond/introspection.ts'

export const handler = endpoint({
  name: 'oauth2.introspect',
  parse: readIntrospectionRequest,
  run: introspect(introspectionPorts),
  respond: introspectionAnswer,
  errors: oauthJson,
  proofNonce,
})
