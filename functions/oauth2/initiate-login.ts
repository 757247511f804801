import { initiateLogin } from '#shared/oidc/flows/initiate-login.ts'
import { parseInitiationRequest } from '#shared/oidc/messages/initiation-request.ts'
import { clients } from '../_runtime/deps/clients.ts'
import { endpoint } from '../_runtime/endpoint.ts'
import { htmlError } from '../_runtime/render-error/html.ts'
import { seeOther } from '../_runtime/respond/redirect.ts'

export const handler = endpoint({
  name: 'oauth2.initiate-login',
  parse: ({ query }) => parseInitiationRequest(query),
  run: initiateLogin({ clients }),
  respond: (location) => seeOther(location),
  errors: htmlError,
})
