import { expect, test } from 'vitest'
import type { Consent } from '#shared/consent/consent.ts'
import { epochSeconds } from '#shared/kernel/time.ts'
import type { Consents } from '#shared/ports/repositories/consents.ts'
import { anyClientId, anyEvent, anyTenantId, anyUserId, now } from './support/samples.ts'
import { concurrently, type Subject } from './support/subject.ts'

const event = anyEvent({ activity: 'consent' })

const anyConsent = (scopes: readonly string[]): Consent => ({
  tenant: anyTenantId(),
  user: anyUserId(),
  client: anyClientId(),
  scopes,
  resourceScopes: [],
  grantedAt: now,
})

export function consentsContract({ sound }: Subject<Consents>): void {
  const find = ({ tenant, user, client }: Consent) => sound().find(tenant, user, client)

  test('AP-20: a consent that was never given is absent', async () => {
    expect(await find(anyConsent([]))).toBeUndefined()
  })

  test.each([
    ['no scope at all', []],
    ['some scopes', ['email', 'openid']],
  ])('AP-21: a consent to %s is found', async (_, scopes) => {
    const consent = anyConsent(scopes)
    await sound().grant(consent, event)
    expect(await find(consent)).toEqual(consent)
  })

  test('AP-21: a later consent adds to the earlier one', async () => {
    const orders = ['https://orders.example openid']
    const consent = { ...anyConsent(['openid', 'email']), resourceScopes: orders }
    await sound().grant(consent, event)
    const later = { scopes: ['openid', 'profile'], grantedAt: epochSeconds(now + 5) }
    const stock = ['https://stock.example openid']
    await sound().grant({ ...consent, ...later, resourceScopes: stock }, event)
    expect(await find(consent)).toEqual({
      ...consent,
      ...later,
      scopes: ['email', 'openid', 'profile'],
      resourceScopes: [...orders, ...stock],
    })
  })

  test('AP-21: of 50 concurrent grants none is lost', async () => {
    const consent = anyConsent([])
    await concurrently(50, (index) => sound().grant({ ...consent, scopes: [`s${index}`] }, event))
    expect((await find(consent))?.scopes).toHaveLength(50)
  })
}
