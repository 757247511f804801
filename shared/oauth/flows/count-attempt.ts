import type { AuditEvent } from '#shared/audit/event.ts'
import { type EpochSeconds, plus } from '#shared/kernel/time.ts'
import type { Attempts } from '#shared/ports/repositories/attempts.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { type AttemptLimit, attemptWindow, isExceeded, isExhausted } from '../attempt-limit.ts'

interface AttemptPorts {
  readonly attempts: Attempts
}

/** Answers whether something may be tried at all; nothing is written. */
export const mayAttempt =
  ({ attempts }: AttemptPorts) =>
  async (tenant: Tenant, limits: readonly AttemptLimit[], now: EpochSeconds): Promise<boolean> => {
    const keys = limits.map(({ key }) => key)
    return !isExhausted(limits, await attempts.count(tenant.id, keys, now))
  }

/**
 * Counts an attempt, and answers whether it may be made.
 *
 * Of a burst that is sent side by side only as many are let through as if they had come one by one.
 */
export const countAttempt =
  ({ attempts }: AttemptPorts) =>
  async (tenant: Tenant, limits: readonly AttemptLimit[], event: AuditEvent): Promise<boolean> => {
    const keys = limits.map(({ key }) => key)
    const window = { now: event.time, endsAt: plus(event.time, attemptWindow) }
    return !isExceeded(limits, await attempts.add(tenant.id, keys, window, event))
  }

/** Counts an attempt that may still be made, and answers whether it may; of one too many nothing is written. */
export const takeAttempt =
  (ports: AttemptPorts) =>
  async (tenant: Tenant, limits: readonly AttemptLimit[], event: AuditEvent): Promise<boolean> =>
    (await mayAttempt(ports)(tenant, limits, event.time)) &&
    (await countAttempt(ports)(tenant, limits, event))
