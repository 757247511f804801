import { announceLogouts } from '#shared/oidc/flows/announce-logout.ts'
import { logoutQueue } from '../_runtime/deps/logout-queue.ts'
import { clients, refreshFamilies } from '../_runtime/deps/store.ts'
import { streamWorker } from '../_runtime/worker.ts'

export const handler = streamWorker({
  name: 'workers.logout-fanout',
  run: announceLogouts({ clients, refreshFamilies, logoutQueue }),
})
