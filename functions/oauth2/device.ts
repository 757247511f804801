import { verifyDevice } from '#shared/oidc/flows/verify-device.ts'
import { clients } from '../_runtime/deps/clients.ts'
import { clock, random, region } from '../_runtime/deps/node.ts'
import { sealer } from '../_runtime/deps/sealer.ts'
import { attempts, deviceAuthorizations, sessions, users } from '../_runtime/deps/store.ts'
import { endpoint } from '../_runtime/endpoint.ts'
import { readDevicePageRequest } from '../_runtime/read/device-page-request.ts'
import { htmlError } from '../_runtime/render-error/html.ts'
import { deviceCounts, deviceOutcome } from '../_runtime/respond/device.ts'

const store = { attempts, clients, deviceAuthorizations, sessions, users }

export const handler = endpoint({
  name: 'oauth2.device',
  parse: readDevicePageRequest,
  run: verifyDevice({ ...store, sealer, clock, random, region }),
  respond: deviceOutcome,
  counts: deviceCounts,
  errors: htmlError,
})
