import type { AccessWord } from './access.ts'

/** Which changes of the table wake a worker. */
export type Change = 'carries-event' | 'ends-session' | 'answers-request'

/** What wakes a worker: changes of the table, messages of a queue, or the clock. */
export type Trigger =
  | { readonly kind: 'stream'; readonly changes: readonly Change[] }
  | { readonly kind: 'notice-queue' }
  | { readonly kind: 'schedule'; readonly rate: `rate(${number} ${string})` }

export interface Worker {
  /** Path of the entry file from the root of the project. */
  readonly entry: string
  /** What the function may do; `access.ts` turns each word into IAM statements. */
  readonly access: readonly AccessWord[]
  readonly memoryMiB: number
  readonly timeoutSeconds: number
  readonly trigger: Trigger
}

/** The functions without a URL: what `endpoints.ts` is for the others. */
export const workers = {
  'workers.audit': {
    entry: 'functions/workers/audit.ts',
    access: ['table-stream:read', 'audit-log:deliver', 'undelivered:send'],
    memoryMiB: 512,
    timeoutSeconds: 60,
    trigger: { kind: 'stream', changes: ['carries-event'] },
  },
  'workers.notice-fanout': {
    entry: 'functions/workers/notice-fanout.ts',
    access: [
      'table-stream:read',
      'families:list',
      'clients:read',
      'notice-queue:send',
      'undelivered:send',
    ],
    memoryMiB: 512,
    timeoutSeconds: 30,
    trigger: { kind: 'stream', changes: ['ends-session', 'answers-request'] },
  },
  'workers.notice-delivery': {
    entry: 'functions/workers/notice-delivery.ts',
    access: [
      'notice-queue:receive',
      'tenants:read',
      'clients:read',
      'backchannel:read',
      'outbox:put',
      'signing-keys:read',
      'signing-key:sign',
      'signing-key:unwrap',
      'sealing-key:pairwise',
      'sealing-key:handle',
    ],
    memoryMiB: 512,
    timeoutSeconds: 30,
    trigger: { kind: 'notice-queue' },
  },
  'workers.key-rotation': {
    entry: 'functions/workers/key-rotation.ts',
    access: ['tenants:read', 'signing-keys:read', 'signing-keys:rotate', 'sealing-keys:rotate'],
    memoryMiB: 512,
    timeoutSeconds: 300,
    trigger: { kind: 'schedule', rate: 'rate(1 hour)' },
  },
} as const satisfies Record<string, Worker>

export type WorkerName = keyof typeof workers
