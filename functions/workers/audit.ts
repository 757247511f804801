import { deliverChanges } from '#shared/audit/flows/deliver-changes.ts'
import { auditDelivery } from '../_runtime/deps/audit-delivery.ts'
import { streamWorker } from '../_runtime/worker.ts'

export const handler = streamWorker({
  name: 'workers.audit',
  run: deliverChanges({ auditDelivery }),
})
