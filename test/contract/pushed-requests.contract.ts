import { expect, test } from 'vitest'
import type { PushedRequests } from '#shared/ports/repositories/pushed-requests.ts'
import { anyAttempt, anyEvent, anyPushedRequest, anyTenantId, now } from './support/samples.ts'
import { concurrently, type Subject } from './support/subject.ts'

export function pushedRequestsContract(subject: Subject<PushedRequests>): void {
  const { sound, losingAnAnswer } = subject

  test('AP-80 and AP-81: what is pushed is found by its reference, in its tenant alone', async () => {
    const request = anyPushedRequest()
    await sound().push(request, anyAttempt(), anyEvent())
    expect(await sound().find(request.tenant, request.referenceHash)).toEqual(request)
    expect(await sound().find(anyTenantId(), request.referenceHash)).toBeUndefined()
  })

  test('rfc9126 section 7.3: of 50 concurrent uses exactly one is fresh', async () => {
    const request = anyPushedRequest()
    await sound().push(request, anyAttempt(), anyEvent())
    const uses = await concurrently(50, () => sound().use(request, now, anyAttempt(), anyEvent()))
    expect(uses.filter((use) => use === 'fresh')).toHaveLength(1)
    const found = await sound().find(request.tenant, request.referenceHash)
    expect(found).toEqual({ ...request, usedAt: now })
  })

  test('AP-82: a request that is not there any more cannot be used', async () => {
    expect(await sound().use(anyPushedRequest(), now, anyAttempt(), anyEvent())).toBe('used')
  })

  test('AP-82: a retry after a lost answer is fresh', async () => {
    const request = anyPushedRequest()
    await sound().push(request, anyAttempt(), anyEvent())
    expect(await losingAnAnswer().use(request, now, anyAttempt(), anyEvent())).toBe('fresh')
    expect(await sound().use(request, now, anyAttempt(), anyEvent())).toBe('used')
  })
}
