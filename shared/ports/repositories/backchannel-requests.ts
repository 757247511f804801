import type { AuditEvent } from '#shared/audit/event.ts'
import type { AttemptId, TenantId, UserId } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import type {
  BackchannelRequest,
  BackchannelRequestId,
} from '#shared/oauth/polling/backchannel-request.ts'
import type { PollPace } from '#shared/oauth/polling/poll-pace.ts'
import type { PolledAnswer } from '#shared/oauth/polling/polled-authorization.ts'
import type { Answering, PollRecording } from './device-authorizations.ts'

export interface BackchannelHandle {
  readonly tenant: TenantId
  readonly user: UserId
  readonly id: BackchannelRequestId
}

export interface BackchannelRequests {
  /** AP-76: put once, keyed by a new random id. */
  open(request: BackchannelRequest, attempt: AttemptId, event: AuditEvent): Promise<void>
  /** AP-77: one strongly consistent read; an expired one is still answered. */
  find(handle: BackchannelHandle): Promise<BackchannelRequest | undefined>
  /** AP-78: what waits for an answer of the user, the oldest first; one query. */
  pending(tenant: TenantId, user: UserId, now: EpochSeconds): Promise<readonly BackchannelRequest[]>
  /** AP-79: compare-and-set on the moment of the last poll: of N concurrent polls one is `recorded`. */
  recordPoll(
    seen: BackchannelHandle & Pick<PollPace, 'polledAt'>,
    pace: Required<PollPace>,
    attempt: AttemptId,
  ): Promise<PollRecording>
  /** AP-83: the first answer stays. */
  answer(
    handle: BackchannelHandle,
    answer: PolledAnswer,
    now: EpochSeconds,
    attempt: AttemptId,
    event: AuditEvent,
  ): Promise<Answering>
}
