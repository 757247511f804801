import { expect, test } from 'vitest'
import type { RevokedTokens } from '#shared/ports/repositories/revoked-tokens.ts'
import { anyAttempt, anyEvent, anyTenantId, later } from './support/samples.ts'
import { concurrently, type Subject } from './support/subject.ts'

const event = anyEvent({ activity: 'token-revoked' })

export function revokedTokensContract({ sound, losingAnAnswer }: Subject<RevokedTokens>): void {
  test('AP-43: a token that nobody has revoked is not there', async () => {
    expect(await sound().has(anyTenantId(), 'jti')).toBe(false)
  })

  test('rfc7009 section 2.1: a revoked token is known at once, to its tenant alone', async () => {
    const tenant = anyTenantId()
    await sound().add(tenant, 'eu-central-1.jti', later, anyAttempt(), event)
    expect(await sound().has(tenant, 'eu-central-1.jti')).toBe(true)
    expect(await sound().has(tenant, 'eu-central-1.other')).toBe(false)
    expect(await sound().has(anyTenantId(), 'eu-central-1.jti')).toBe(false)
  })

  test('AP-42: to revoke again, at the same time or after a lost answer, is no failure', async () => {
    const tenant = anyTenantId()
    await losingAnAnswer().add(tenant, 'jti', later, anyAttempt(), event)
    await concurrently(5, () => sound().add(tenant, 'jti', later, anyAttempt(), event))
    expect(await sound().has(tenant, 'jti')).toBe(true)
  })
}
