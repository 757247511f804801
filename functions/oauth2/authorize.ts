import { authorize } from '#shared/oidc/flows/authorize.ts'
import { authorizationPorts } from '../_runtime/deps/authorization-ports.ts'
import { endpoint } from '../_runtime/endpoint.ts'
import { readAuthorizationInput } from '../_runtime/read/authorization-input.ts'
import { authorizationError } from '../_runtime/render-error/authorization.ts'
import { authorizationOutcome } from '../_runtime/respond/authorization.ts'

export const handler = endpoint({
  name: 'oauth2.authorize',
  parse: readAuthorizationInput,
  run: authorize(authorizationPorts),
  respond: authorizationOutcome,
  errors: authorizationError,
})
