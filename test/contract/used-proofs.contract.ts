import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { epochSeconds } from '#shared/kernel/time.ts'
import type { UsedProofs } from '#shared/ports/repositories/used-proofs.ts'
import { anyAttempt, anyTenantId, later } from './support/samples.ts'
import { concurrently, type Subject } from './support/subject.ts'

const anyJkt = () => randomBytes(32).toString('base64url')

export function usedProofsContract(subject: Subject<UsedProofs>): void {
  const { sound, losingAnAnswer } = subject

  test('rfc9449 section 11.1: of 50 concurrent uses of one jti exactly one is fresh', async () => {
    const [tenant, key] = [anyTenantId(), anyJkt()]
    const uses = await concurrently(50, () => sound().use(tenant, key, 'j', later, anyAttempt()))
    expect(uses.filter((use) => use === 'fresh')).toHaveLength(1)
  })

  test('AP-50: a marker whose time is over but which is still there counts', async () => {
    const [tenant, key] = [anyTenantId(), anyJkt()]
    await sound().use(tenant, key, 'j', epochSeconds(1), anyAttempt())
    expect(await sound().use(tenant, key, 'j', later, anyAttempt())).toBe('used')
  })

  test('AP-50: a jti is its key alone, whatever characters it holds', async () => {
    const [tenant, key] = [anyTenantId(), anyJkt()]
    const jti = `\ud800#${'x'.repeat(3000)}`
    expect(await sound().use(tenant, key, jti, later, anyAttempt())).toBe('fresh')
    expect(await sound().use(tenant, anyJkt(), jti, later, anyAttempt())).toBe('fresh')
    expect(await sound().use(anyTenantId(), key, jti, later, anyAttempt())).toBe('fresh')
  })

  test('AP-50: a retry after a lost answer is fresh', async () => {
    const [tenant, key] = [anyTenantId(), anyJkt()]
    expect(await losingAnAnswer().use(tenant, key, 'j', later, anyAttempt())).toBe('fresh')
    expect(await sound().use(tenant, key, 'j', later, anyAttempt())).toBe('used')
  })
}
