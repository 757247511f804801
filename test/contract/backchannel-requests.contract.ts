import { expect, test } from 'vitest'
import { type FamilyId, type SessionId, trusted } from '#shared/kernel/ids.ts'
import { epochSeconds, seconds } from '#shared/kernel/time.ts'
import { systemRandom } from '#shared/node/random.ts'
import type { BackchannelRequest } from '#shared/oauth/polling/backchannel-request.ts'
import type { PolledAnswer } from '#shared/oauth/polling/polled-authorization.ts'
import type { BackchannelRequests } from '#shared/ports/repositories/backchannel-requests.ts'
import {
  anyAttempt,
  anyBackchannelRequest,
  anyEvent,
  anyTenantId,
  anyUserId,
  later,
  now,
} from './support/samples.ts'
import { concurrently, type Subject } from './support/subject.ts'

const denied: PolledAnswer = { kind: 'denied' }

export function backchannelRequestsContract(subject: Subject<BackchannelRequests>): void {
  const { sound, losingAnAnswer } = subject
  const opened = async (more: Partial<BackchannelRequest> = {}) => {
    const request = anyBackchannelRequest(more)
    await sound().open(request, anyAttempt(), anyEvent())
    return request
  }

  test('AP-77: what was opened is found whole, by its tenant and its user alone', async () => {
    const request = await opened({ acrValues: ['a'], notification: 'sealed' })
    expect(await sound().find(request)).toEqual(request)
    expect(await sound().find({ ...request, tenant: anyTenantId() })).toBeUndefined()
    expect(await sound().find({ ...request, user: anyUserId() })).toBeUndefined()
  })

  test('AP-76: a retry after a lost answer has opened', async () => {
    const request = anyBackchannelRequest()
    await losingAnAnswer().open(request, anyAttempt(), anyEvent())
    expect(await sound().find(request)).toEqual(request)
  })

  test('AP-78: only what waits for this user is listed, the oldest first', async () => {
    const { tenant, user } = anyBackchannelRequest()
    const mine = { tenant, user }
    const second = await opened({ ...mine, issuedAt: epochSeconds(now + 1) })
    const first = await opened(mine)
    const answered = await opened(mine)
    await sound().answer(answered, denied, now, anyAttempt(), anyEvent())
    await opened({ ...mine, expiresAt: now })
    await opened({ tenant })
    expect(await sound().pending(tenant, user, now)).toEqual([first, second])
    expect(await sound().pending(anyTenantId(), user, now)).toEqual([])
  })

  test('ciba core section 11: of 50 concurrent polls exactly one is recorded', async () => {
    const request = await opened()
    const pace = { interval: seconds(5), polledAt: now }
    const polls = await concurrently(50, () => sound().recordPoll(request, pace, anyAttempt()))
    expect(polls.filter((poll) => poll === 'recorded')).toHaveLength(1)
  })

  test('AP-83: of 50 concurrent answers the first stays, and keeps what was authorized', async () => {
    const request = await opened()
    const answers = Array.from({ length: 50 }, (_, index): PolledAnswer => {
      if (index % 2) return denied
      const jti = trusted<FamilyId>(systemRandom.id())
      const sid = trusted<SessionId>(systemRandom.id())
      const session = { user: request.user, sid, authTime: now, amr: ['pwd'] }
      const authorization = { jti, ...session, scopes: ['openid'], issuedAt: now }
      return { kind: 'allowed', authorization }
    })
    const answerings = await Promise.all(
      answers.map((answer) => sound().answer(request, answer, now, anyAttempt(), anyEvent())),
    )
    expect(answerings.filter((answering) => answering === 'answered')).toHaveLength(1)
    const kept = await sound().find(request)
    expect(kept?.answer).toEqual(answers[answerings.indexOf('answered')])
  })

  test('AP-83: what has expired takes no answer; a retry after a lost answer has given it', async () => {
    const request = await opened()
    const give = (port: BackchannelRequests, moment: typeof now) =>
      port.answer(request, denied, moment, anyAttempt(), anyEvent())
    expect(await give(sound(), later)).toBe('gone')
    expect(await give(losingAnAnswer(), now)).toBe('answered')
  })
}
