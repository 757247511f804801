import type { AuditEvent } from '#shared/audit/event.ts'
import type { AttemptId } from '#shared/kernel/ids.ts'
import type { EpochSeconds, Seconds } from '#shared/kernel/time.ts'
import type { PollPace } from '#shared/oauth/polling/poll-pace.ts'
import type { PolledAnswer } from '#shared/oauth/polling/polled-authorization.ts'
import type { Answering, PollRecording } from '#shared/ports/repositories/device-authorizations.ts'
import type { Key } from './keys.ts'
import type { Table } from './table.ts'
import { updateItem } from './writes.ts'

/** What is polled for, as it is stored: `interval` is a word that DynamoDB reserves. */
export type Stored<Polled extends { readonly interval: Seconds }> = Omit<Polled, 'interval'> & {
  readonly pollInterval: Polled['interval']
}

export const toStored = <Polled extends { readonly interval: Seconds }>({
  interval: pollInterval,
  ...rest
}: Polled): Stored<Polled> => ({ ...rest, pollInterval })

/** Records a poll, unless another one was recorded since `seen`. */
export async function recordPoll(
  table: Table,
  at: Key,
  seen: EpochSeconds | undefined,
  pace: Required<PollPace>,
  attempt: AttemptId,
): Promise<PollRecording> {
  const { kind, item } = await updateItem(table, at, {
    update: 'SET pollInterval = :pollInterval, polledAt = :polledAt, attempt = :attempt',
    condition:
      seen === undefined
        ? 'attribute_exists(pk) AND attribute_not_exists(polledAt)'
        : 'polledAt = :seen',
    values: {
      pollInterval: pace.interval,
      polledAt: pace.polledAt,
      attempt,
      ...(seen !== undefined && { seen }),
    },
  })
  return kind === 'updated' || item?.attempt === attempt ? 'recorded' : 'overtaken'
}

/** Writes the answer of a person where there is none, and still time for one. */
export async function recordAnswer(
  table: Table,
  at: Key,
  given: { readonly answer: PolledAnswer; readonly now: EpochSeconds },
  attempt: AttemptId,
  event: AuditEvent,
): Promise<Answering> {
  const { kind, item } = await updateItem(table, at, {
    update: 'SET answer = :answer, answerAttempt = :attempt, event = :event',
    condition: 'attribute_not_exists(answer) AND expiresAt > :now',
    values: { ...given, attempt, event },
  })
  return kind === 'updated' || item?.['answerAttempt'] === attempt ? 'answered' : 'gone'
}
