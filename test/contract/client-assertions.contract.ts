import { expect, test } from 'vitest'
import { epochSeconds } from '#shared/kernel/time.ts'
import type { ClientAssertions } from '#shared/ports/repositories/client-assertions.ts'
import { anyAttempt, anyClientId, anyTenantId, later } from './support/samples.ts'
import { concurrently, type Subject } from './support/subject.ts'

export function clientAssertionsContract(subject: Subject<ClientAssertions>): void {
  const { sound, losingAnAnswer } = subject

  test('rfc7523 section 3: of 50 concurrent uses of one jti exactly one is fresh', async () => {
    const [tenant, client] = [anyTenantId(), anyClientId()]
    const uses = await concurrently(50, () => sound().use(tenant, client, 'j', later, anyAttempt()))
    expect(uses.filter((use) => use === 'fresh')).toHaveLength(1)
  })

  test('AP-24: a marker whose time is over but which is still there counts', async () => {
    const [tenant, client] = [anyTenantId(), anyClientId()]
    await sound().use(tenant, client, 'j', epochSeconds(1), anyAttempt())
    expect(await sound().use(tenant, client, 'j', later, anyAttempt())).toBe('used')
  })

  test('AP-24: a jti is its client alone, whatever characters it holds', async () => {
    const [tenant, client] = [anyTenantId(), anyClientId()]
    const jti = `\ud800#${'x'.repeat(3000)}`
    expect(await sound().use(tenant, client, jti, later, anyAttempt())).toBe('fresh')
    expect(await sound().use(tenant, anyClientId(), jti, later, anyAttempt())).toBe('fresh')
    expect(await sound().use(anyTenantId(), client, jti, later, anyAttempt())).toBe('fresh')
  })

  test('AP-24: a retry after a lost answer is fresh', async () => {
    const [tenant, client] = [anyTenantId(), anyClientId()]
    expect(await losingAnAnswer().use(tenant, client, 'j', later, anyAttempt())).toBe('fresh')
    expect(await sound().use(tenant, client, 'j', later, anyAttempt())).toBe('used')
  })
}
