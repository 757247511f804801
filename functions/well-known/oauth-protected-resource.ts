import { protectedResourceMetadata } from '#shared/oauth/token/protected-resource.ts'
import { endpoint } from '../_runtime/endpoint.ts'
import { oauthJson } from '../_runtime/render-error/oauth-json.ts'
import { jsonPublic } from '../_runtime/respond/json.ts'

export const handler = endpoint({
  name: 'well-known.oauth-protected-resource',
  parse: () => undefined,
  run: async (tenant) => protectedResourceMetadata(tenant),
  respond: (metadata) => jsonPublic(metadata, 300),
  errors: oauthJson,
})
