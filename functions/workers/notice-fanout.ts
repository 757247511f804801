import { announceNotices } from '#shared/oidc/flows/announce-notices.ts'
import { noticeQueue } from '../_runtime/deps/notice-queue.ts'
import { clients, refreshFamilies } from '../_runtime/deps/store.ts'
import { streamWorker } from '../_runtime/worker.ts'

export const handler = streamWorker({
  name: 'workers.notice-fanout',
  run: announceNotices({ clients, refreshFamilies, noticeQueue }),
})
