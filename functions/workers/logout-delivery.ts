import { deliverLogout } from '#shared/oidc/flows/deliver-logout.ts'
import { httpClient } from '../_runtime/deps/http-client.ts'
import { logoutQueue } from '../_runtime/deps/logout-queue.ts'
import { clock, random } from '../_runtime/deps/node.ts'
import { sealer } from '../_runtime/deps/sealer.ts'
import { clients, outbox } from '../_runtime/deps/store.ts'
import { tenants } from '../_runtime/deps/tenants.ts'
import { tokenSigner } from '../_runtime/deps/token-signer.ts'
import { queueWorker } from '../_runtime/queue-worker.ts'

const ports = { tenants, clients, outbox, sealer, logoutQueue, clock, random }

export const handler = queueWorker({
  name: 'workers.logout-delivery',
  run: deliverLogout({ ...ports, signer: tokenSigner, http: httpClient }),
})
