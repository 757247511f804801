import { deliverNotice } from '#shared/oidc/flows/deliver-notice.ts'
import { clients } from '../_runtime/deps/clients.ts'
import { httpClient } from '../_runtime/deps/http-client.ts'
import { clock, random } from '../_runtime/deps/node.ts'
import { noticeQueue } from '../_runtime/deps/notice-queue.ts'
import { sealer } from '../_runtime/deps/sealer.ts'
import { backchannelRequests, outbox } from '../_runtime/deps/store.ts'
import { tenants } from '../_runtime/deps/tenants.ts'
import { tokenSigner } from '../_runtime/deps/token-signer.ts'
import { queueWorker } from '../_runtime/queue-worker.ts'

const ports = { tenants, clients, backchannelRequests, outbox, sealer, noticeQueue, clock, random }

export const handler = queueWorker({
  name: 'workers.notice-delivery',
  run: deliverNotice({ ...ports, signer: tokenSigner, http: httpClient }),
})
