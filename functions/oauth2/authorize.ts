import { authorize } from '#shared/oidc/flows/authorize.ts'
import { httpClient } from '../_runtime/deps/http-client.ts'
import { clock, random, region } from '../_runtime/deps/node.ts'
import { requestObjects } from '../_runtime/deps/request-objects.ts'
import { sealer } from '../_runtime/deps/sealer.ts'
import { clients, consents, pushedRequests, sessions, users } from '../_runtime/deps/store.ts'
import { tokenVerifier } from '../_runtime/deps/token-verifier.ts'
import { endpoint } from '../_runtime/endpoint.ts'
import { readAuthorizationInput } from '../_runtime/read/authorization-input.ts'
import { authorizationError } from '../_runtime/render-error/authorization.ts'
import { authorizationOutcome } from '../_runtime/respond/authorization.ts'

const store = { clients, consents, pushedRequests, sessions, users }
const requests = { httpClient, requestObjects }

export const handler = endpoint({
  name: 'oauth2.authorize',
  parse: readAuthorizationInput,
  run: authorize({ ...store, ...requests, idTokens: tokenVerifier, sealer, clock, random, region }),
  respond: authorizationOutcome,
  errors: authorizationError,
})
