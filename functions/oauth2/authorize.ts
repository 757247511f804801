import { authorize } from '#shared/oidc/flows/authorize.ts'
import { answerPorts } from '../_runtime/deps/answer-ports.ts'
import { httpClient } from '../_runtime/deps/http-client.ts'
import { clock } from '../_runtime/deps/node.ts'
import { requestObjects } from '../_runtime/deps/request-objects.ts'
import {
  clients,
  consents,
  pushedRequests,
  resourceServers,
  sessions,
  users,
} from '../_runtime/deps/store.ts'
import { tokenVerifier } from '../_runtime/deps/token-verifier.ts'
import { endpoint } from '../_runtime/endpoint.ts'
import { readAuthorizationInput } from '../_runtime/read/authorization-input.ts'
import { authorizationError } from '../_runtime/render-error/authorization.ts'
import { authorizationOutcome } from '../_runtime/respond/authorization.ts'

const store = { clients, consents, pushedRequests, resourceServers, sessions, users }
const requests = { httpClient, requestObjects }

export const handler = endpoint({
  name: 'oauth2.authorize',
  parse: readAuthorizationInput,
  run: authorize({ ...store, ...requests, ...answerPorts, idTokens: tokenVerifier, clock }),
  respond: authorizationOutcome,
  errors: authorizationError,
})
