import { rotateDueKeys } from '#shared/keys/flows/rotate-due-keys.ts'
import { keyMaker } from '../_runtime/deps/key-maker.ts'
import { clock, random } from '../_runtime/deps/node.ts'
import { sealingKeys } from '../_runtime/deps/sealing-keys.ts'
import { signingKeys } from '../_runtime/deps/signing-keys.ts'
import { tenants } from '../_runtime/deps/tenants.ts'
import { scheduledWorker } from '../_runtime/worker.ts'

export const handler = scheduledWorker({
  name: 'workers.key-rotation',
  run: rotateDueKeys({ signingKeys, sealingKeys, tenants, keyMaker, clock, random }),
})
