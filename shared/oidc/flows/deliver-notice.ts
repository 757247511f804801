import type { HttpAnswer, HttpClient } from '#shared/ports/http-client.ts'
import type { NoticeQueue, QueuedMessage } from '#shared/ports/notice-queue.ts'
import type { Outbox } from '#shared/ports/repositories/outbox.ts'
import { type ClientNotice, parseClientNotice } from '../client-notice.ts'
import {
  type DeliveryVerdict,
  judgeStatus,
  maximalAttempts,
  pauseAfter,
} from '../notice-delivery.ts'
import { type LogoutCallPorts, logoutCall } from './logout-call.ts'
import { type PingPorts, pingCall } from './ping-call.ts'

/** `unreadable` and `dropped` are done with; `failed` is brought again, until it is put aside. */
export type NoticeDeliveryOutcome = 'delivered' | 'refused' | 'failed' | 'dropped' | 'unreadable'

export type NoticeDeliveryPorts = LogoutCallPorts &
  PingPorts & {
    readonly http: HttpClient
    readonly noticeQueue: Pick<NoticeQueue, 'postpone'>
    readonly outbox: Outbox
  }

/**
 * Tells one client what it is to hear, and again later where it cannot be told now.
 *
 * @spec https://openid.net/specs/openid-connect-backchannel-1_0.html#BCRequest
 * @spec https://openid.net/specs/openid-client-initiated-backchannel-authentication-core-1_0.html#rfc.section.10.2
 */
export const deliverNotice =
  (ports: NoticeDeliveryPorts) =>
  async (message: QueuedMessage): Promise<NoticeDeliveryOutcome> => {
    const notice = parseClientNotice(message.body)
    if (notice === undefined) return 'unreadable'
    const call = await callOf(ports, notice)
    if (call === undefined) return 'dropped'
    const verdict = call === 'no-document' ? noDocument : judge(await ports.http.fetch(call))
    const isLast = message.attempt >= maximalAttempts
    if (verdict.kind !== 'again' || isLast) await record(ports, notice, verdict)
    if (verdict.kind !== 'again') return verdict.kind
    await ports.noticeQueue.postpone(message.receipt, pauseAfter(notice.kind, message.attempt))
    return 'failed'
  }

const callOf = (ports: NoticeDeliveryPorts, notice: ClientNotice) =>
  notice.kind === 'logout' ? logoutCall(ports)(notice) : pingCall(ports)(notice)

/** A site that is away for an hour takes its document along. */
const noDocument: DeliveryVerdict = { kind: 'again', rule: 'oidc/notice-delivery/no-document' }

/** An address that may not be called is wrong until somebody registers another one. */
function judge(answer: HttpAnswer): DeliveryVerdict {
  if (answer.kind === 'answered') return judgeStatus(answer.status)
  if (answer.kind === 'refused') return { kind: 'refused', rule: answer.rule }
  return { kind: 'again', rule: 'oidc/notice-delivery/unreachable' }
}

/** What became of a notice in the end is an event of its own: nothing else is written. */
const record = (
  { outbox, clock, random }: NoticeDeliveryPorts,
  { kind, tenant, user, client }: ClientNotice,
  verdict: DeliveryVerdict,
): Promise<void> =>
  outbox.put(tenant, {
    id: random.id(),
    time: clock.now(),
    activity: `${kind}-${verdict.kind === 'delivered' ? 'delivered' : 'undelivered'}`,
    user,
    client,
    ...(verdict.kind === 'delivered' ? {} : { rule: verdict.rule }),
  })
