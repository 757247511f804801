import { showRequests } from '#shared/oidc/flows/show-requests.ts'
import { clients } from '../_runtime/deps/clients.ts'
import { clock, random, region } from '../_runtime/deps/node.ts'
import { sealer } from '../_runtime/deps/sealer.ts'
import { backchannelRequests, sessions, users } from '../_runtime/deps/store.ts'
import { endpoint } from '../_runtime/endpoint.ts'
import { readRequestsPageRequest } from '../_runtime/read/requests-page-request.ts'
import { htmlError } from '../_runtime/render-error/html.ts'
import { requestsOutcome } from '../_runtime/respond/requests.ts'

const store = { backchannelRequests, clients, sessions, users }

export const handler = endpoint({
  name: 'signin.requests',
  parse: readRequestsPageRequest,
  run: showRequests({ ...store, sealer, clock, random, region }),
  respond: requestsOutcome,
  errors: htmlError,
})
