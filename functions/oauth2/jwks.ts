import { publishKeys } from '#shared/keys/flows/publish-keys.ts'
import { keySetLifetime } from '#shared/keys/key-times.ts'
import { signingKeys } from '../_runtime/deps/signing-keys.ts'
import { endpoint } from '../_runtime/endpoint.ts'
import { oauthJson } from '../_runtime/render-error/oauth-json.ts'
import { jsonPublic } from '../_runtime/respond/json.ts'

export const handler = endpoint({
  name: 'oauth2.jwks',
  parse: () => undefined,
  run: publishKeys({ signingKeys }),
  respond: (keySet) => jsonPublic(keySet, keySetLifetime),
  errors: oauthJson,
})
