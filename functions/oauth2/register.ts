import { registerClient } from '#shared/oauth/flows/register-client.ts'
import { parseRegistrationRequest } from '#shared/oauth/messages/registration-request.ts'
import { registrationPorts } from '../_runtime/deps/registration-ports.ts'
import { attempts, initialAccessTokens } from '../_runtime/deps/store.ts'
import { endpoint } from '../_runtime/endpoint.ts'
import { registrationError } from '../_runtime/render-error/registration.ts'
import { jsonCreated } from '../_runtime/respond/json.ts'

export const handler = endpoint({
  name: 'oauth2.register',
  parse: (request) =>
    parseRegistrationRequest(request.json(), request.header('authorization'), request.address),
  run: registerClient({ ...registrationPorts, attempts, initialAccessTokens }),
  respond: jsonCreated,
  errors: registrationError,
  isForPages: true,
})
