import { providerMetadata } from '#shared/oidc/provider-metadata.ts'
import { locales } from '#shared/signin/texts/locale.ts'
import { mtlsOrigin } from '../_runtime/deps/node.ts'
import { endpoint } from '../_runtime/endpoint.ts'
import { oauthJson } from '../_runtime/render-error/oauth-json.ts'
import { jsonPublic } from '../_runtime/respond/json.ts'

export const handler = endpoint({
  name: 'well-known.openid-configuration',
  parse: () => undefined,
  run: async (tenant) => providerMetadata(tenant, locales, mtlsOrigin),
  respond: (metadata) => jsonPublic(metadata, 300),
  errors: oauthJson,
})
