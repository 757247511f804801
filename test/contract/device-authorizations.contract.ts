import { expect, test } from 'vitest'
import { trusted } from '#shared/kernel/ids.ts'
import { epochSeconds, seconds } from '#shared/kernel/time.ts'
import { systemRandom } from '#shared/node/random.ts'
import type { PolledAnswer } from '#shared/oauth/polling/polled-authorization.ts'
import type { DeviceAuthorizations } from '#shared/ports/repositories/device-authorizations.ts'
import {
  anyAttempt,
  anyDevice,
  anyEvent,
  anyTenantId,
  anyUserId,
  later,
  now,
} from './support/samples.ts'
import { concurrently, type Subject } from './support/subject.ts'

const denied: PolledAnswer = { kind: 'denied' }

const allowed = (): PolledAnswer => ({
  kind: 'allowed',
  authorization: {
    jti: trusted(systemRandom.id()),
    user: anyUserId(),
    sid: trusted(systemRandom.id()),
    scopes: ['openid'],
    authTime: now,
    amr: ['pwd'],
    issuedAt: now,
  },
})

export function deviceAuthorizationsContract(subject: Subject<DeviceAuthorizations>): void {
  const { sound, losingAnAnswer } = subject
  const opened = async () => {
    const device = anyDevice()
    expect(await sound().open(device, anyAttempt(), anyEvent())).toBe('opened')
    return device
  }

  test('AP-71: what was opened is found, by its tenant alone', async () => {
    const device = await opened()
    expect(await sound().find(device)).toEqual(device)
    expect(await sound().find({ ...device, tenant: anyTenantId() })).toBeUndefined()
  })

  test('rfc8628 section 3.2: of 50 concurrent devices with one user code exactly one has it', async () => {
    const { tenant, id } = anyDevice()
    const openings = await concurrently(50, () =>
      sound().open({ ...anyDevice(), tenant, id }, anyAttempt(), anyEvent()),
    )
    expect(openings.filter((opening) => opening === 'opened')).toHaveLength(1)
  })

  test('AP-70: a retry after a lost answer has opened', async () => {
    expect(await losingAnAnswer().open(anyDevice(), anyAttempt(), anyEvent())).toBe('opened')
  })

  test('rfc8628 section 3.5: of 50 concurrent polls exactly one is recorded', async () => {
    const device = await opened()
    const pace = { interval: seconds(5), polledAt: now }
    const polls = await concurrently(50, () => sound().recordPoll(device, pace, anyAttempt()))
    expect(polls.filter((poll) => poll === 'recorded')).toHaveLength(1)
    expect(await sound().find(device)).toEqual({ ...device, ...pace })
  })

  test('AP-72: a poll is recorded over the one that was seen, and no other', async () => {
    const device = await opened()
    const pace = { interval: seconds(5), polledAt: now }
    await sound().recordPoll(device, pace, anyAttempt())
    const next = { interval: seconds(10), polledAt: later }
    expect(await sound().recordPoll(device, next, anyAttempt())).toBe('overtaken')
    const seen = { ...device, polledAt: now }
    expect(await losingAnAnswer().recordPoll(seen, next, anyAttempt())).toBe('recorded')
    expect(await sound().find(device)).toEqual({ ...device, ...next })
  })

  test('AP-72: a poll of nothing is recorded nowhere', async () => {
    const pace = { interval: seconds(5), polledAt: now }
    expect(await sound().recordPoll(anyDevice(), pace, anyAttempt())).toBe('overtaken')
  })

  test('rfc8628 section 3.3: of 50 concurrent answers the first stays', async () => {
    const device = await opened()
    const answerings = await concurrently(50, (index) =>
      sound().answer(device, index % 2 ? denied : allowed(), now, anyAttempt(), anyEvent()),
    )
    expect(answerings.filter((answering) => answering === 'answered')).toHaveLength(1)
  })

  test('AP-73: an answer keeps everything that was authorized; a retry after a lost answer has given it', async () => {
    const device = await opened()
    const answer = allowed()
    const given = losingAnAnswer().answer(device, answer, now, anyAttempt(), anyEvent())
    expect(await given).toBe('answered')
    expect(await sound().find(device)).toEqual({ ...device, answer })
  })

  test('rfc8628 section 3.2: what has expired takes no answer, and what is not there neither', async () => {
    const device = await opened()
    const late = epochSeconds(device.expiresAt)
    const give = (to: typeof device) => sound().answer(to, denied, late, anyAttempt(), anyEvent())
    expect(await give(device)).toBe('gone')
    expect(await give(anyDevice())).toBe('gone')
  })
}
