import { checkSessionPage } from '#shared/signin/views/check-session-page.ts'
import { endpoint } from '../_runtime/endpoint.ts'
import { htmlError } from '../_runtime/render-error/html.ts'
import { framedPage } from '../_runtime/respond/page.ts'

export const handler = endpoint({
  name: 'oauth2.check-session',
  parse: () => undefined,
  run: async () => checkSessionPage(),
  respond: framedPage,
  errors: htmlError,
})
