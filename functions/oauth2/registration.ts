import { manageRegistration } from '#shared/oauth/flows/manage-registration.ts'
import { registrationPorts } from '../_runtime/deps/registration-ports.ts'
import { clients } from '../_runtime/deps/store.ts'
import { endpoint } from '../_runtime/endpoint.ts'
import { readManagementRequest } from '../_runtime/read/management-request.ts'
import { registrationError } from '../_runtime/render-error/registration.ts'
import { registrationOutcome } from '../_runtime/respond/registration.ts'

export const handler = endpoint({
  name: 'oauth2.registration',
  parse: readManagementRequest,
  run: manageRegistration({ ...registrationPorts, clients }),
  respond: registrationOutcome,
  errors: registrationError,
})
