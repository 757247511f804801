import { preflight } from '../_runtime/cross-origin.ts'
import { endpoint } from '../_runtime/endpoint.ts'
import { oauthJson } from '../_runtime/render-error/oauth-json.ts'

export const handler = endpoint({
  name: 'oauth2.preflight',
  parse: () => undefined,
  run: async () => undefined,
  respond: preflight,
  errors: oauthJson,
  isForPages: true,
})
