import { expect, test } from 'vitest'
import type { InitialAccessTokens } from '#shared/ports/repositories/initial-access-tokens.ts'
import { anyAttempt, anyEvent, anyInitialAccessToken, anyTenantId } from './support/samples.ts'
import { concurrently, type Subject } from './support/subject.ts'

export function initialAccessTokensContract({
  sound,
  losingAnAnswer,
}: Subject<InitialAccessTokens>): void {
  const saved = async (more: Parameters<typeof anyInitialAccessToken>[0] = {}) => {
    const token = anyInitialAccessToken(more)
    await sound().save(token, anyEvent())
    return token
  }

  test('AP-93 and AP-94: a token is found by its hash, in its tenant alone', async () => {
    const token = await saved()
    expect(await sound().find(token.tenant, token.tokenHash)).toEqual(token)
    expect(await sound().find(anyTenantId(), token.tokenHash)).toBeUndefined()
  })

  test('AP-95: of 20 concurrent uses as many succeed as are allowed', async () => {
    const token = await saved({ maximalUses: 3 })
    const uses = await concurrently(20, () => sound().use(token, anyAttempt(), anyEvent()))
    expect(uses.filter((use) => use === 'used')).toHaveLength(3)
    expect(await sound().find(token.tenant, token.tokenHash)).toEqual({ ...token, uses: 3 })
  })

  test('AP-95: a token that was withdrawn is exhausted', async () => {
    const token = anyInitialAccessToken()
    expect(await sound().use(token, anyAttempt(), anyEvent())).toBe('exhausted')
  })

  test('AP-95: a retry after a lost answer counts once', async () => {
    const token = await saved({ maximalUses: 1 })
    expect(await losingAnAnswer().use(token, anyAttempt(), anyEvent())).toBe('used')
    expect(await sound().use(token, anyAttempt(), anyEvent())).toBe('exhausted')
  })
}
