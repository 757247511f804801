import type { EpochSeconds } from '#shared/kernel/time.ts'

export interface Clock {
  now(): EpochSeconds
}
