import type { AuditEvent } from '#shared/audit/event.ts'
import type { AttemptId, TenantId } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { DeviceAuthorization } from '#shared/oauth/polling/device-authorization.ts'
import type { PollPace } from '#shared/oauth/polling/poll-pace.ts'
import type { PolledAnswer } from '#shared/oauth/polling/polled-authorization.ts'
import type { UserCodeHash } from '#shared/oauth/polling/user-code.ts'

export interface DeviceHandle {
  readonly tenant: TenantId
  readonly id: UserCodeHash
}

/** `overtaken`: another poll came meanwhile. */
export type PollRecording = 'recorded' | 'overtaken'

/** `gone`: it has been answered before, or its time is over. */
export type Answering = 'answered' | 'gone'

export interface DeviceAuthorizations {
  /** AP-70: put once; `taken`: another device shows the same user code, draw again. */
  open(
    authorization: DeviceAuthorization,
    attempt: AttemptId,
    event: AuditEvent,
  ): Promise<'opened' | 'taken'>
  /** AP-71: one strongly consistent read; an expired one is still answered. */
  find(handle: DeviceHandle): Promise<DeviceAuthorization | undefined>
  /** AP-72: compare-and-set on the moment of the last poll: of N concurrent polls one is `recorded`. */
  recordPoll(
    seen: DeviceHandle & Pick<PollPace, 'polledAt'>,
    pace: Required<PollPace>,
    attempt: AttemptId,
  ): Promise<PollRecording>
  /** AP-73: the first answer stays. */
  answer(
    handle: DeviceHandle,
    answer: PolledAnswer,
    now: EpochSeconds,
    attempt: AttemptId,
    event: AuditEvent,
  ): Promise<Answering>
}
