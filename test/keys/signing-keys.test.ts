import { decodeJwt } from 'jose'
import { expect, inject, test } from 'vitest'
import { keyRingLifetime, longestKeySetLifetime, signingKeyTimes } from '#shared/keys/key-times.ts'
import { localAccess } from '../../tools/local-access.ts'
import { rotate } from '../../tools/rotate.ts'
import { basic, RelyingParty } from '../support/relying-party.ts'
import { twin } from '../support/twin-tenant.ts'
import { keyLog } from './key-log.ts'
import { fireRotation, turnedTime } from './turned-time.ts'
import { gatewayVerifier, laziestVerifier, usualVerifier, type Verifier } from './verifiers.ts'

const origin = inject('clockedOrigin')
const time = await turnedTime(origin)

const isCurrent = (token: string): boolean => (decodeJwt(token).exp ?? 0) > time.now()

/** One app that never rests: it gets tokens, has them verified, and asks userinfo. */
async function busyApp(tenant: string) {
  const party = new RelyingParty(origin, tenant)
  const verifiers: readonly Verifier[] = [
    usualVerifier(party.issuer),
    laziestVerifier(party.issuer),
    gatewayVerifier(party.issuer),
  ]
  const log = keyLog(party.issuer)
  await log.look()
  let { refreshToken } = await party.tokens({ scope: 'openid offline_access' })
  let held: readonly string[] = []
  const verify = async (token: string): Promise<void> => {
    for (const verifier of verifiers) await verifier(token)
  }
  return {
    log,
    verifications: 0,
    /** Gets new tokens, and has them and those of the time before verified. */
    async work(): Promise<void> {
      const form = { grant_type: 'client_credentials', scope: 'orders:read' }
      const machine = await party.token(form, basic('machine', 'machine-secret'))
      const refreshed = await party.refresh(refreshToken)
      expect([machine.status, refreshed.status]).toEqual([200, 200])
      refreshToken = String(refreshed.body['refresh_token'])
      const userToken = String(refreshed.body['access_token'])
      const tokens = [
        String(machine.body['access_token']),
        userToken,
        String(refreshed.body['id_token']),
      ]
      await log.look()
      for (const token of tokens) log.use(token)
      const current = [...held, ...tokens].filter((token) => isCurrent(token))
      for (const token of current) await verify(token)
      this.verifications += verifiers.length * current.length
      expect((await party.userInfo(userToken)).status).toBe(200)
      held = tokens
    },
  }
}

/** Lets time pass in steps, with the hourly rotation and the apps at work in each. */
async function pass(
  apps: readonly Awaited<ReturnType<typeof busyApp>>[],
  duration: number,
  step: number,
): Promise<void> {
  for (let passed = 0; passed < duration; passed += step) {
    await time.advance(step)
    await Promise.all([fireRotation(origin), ...apps.map((app) => app.work())])
  }
}

test('architecture, Signing keys: keys of both custodies rotate twice under load, and no token fails to verify', async () => {
  const aws = await localAccess(origin)
  const tenants = ['acme', twin]
  const apps = await Promise.all(tenants.map(busyApp))
  await Promise.all(apps.map((app) => app.work()))
  for (let rotation = 0; rotation < 2; rotation += 1) {
    for (const tenant of tenants) await rotate({ tenant }, aws)
    await pass(apps, signingKeyTimes.pending + 2 * keyRingLifetime, 240)
  }
  await pass(apps, signingKeyTimes.retiring, 3600)
  await Promise.all(apps.map((app) => app.work()))
  for (const { log, verifications } of apps) {
    const keys = [...log.keys.values()]
    const last = Math.max(...keys.map(({ lastPublished }) => lastPublished))
    expect(verifications).toBeGreaterThan(500)
    expect(keys).toHaveLength(3)
    const [first, ...rotated] = keys
    const [second] = rotated
    for (const { firstPublished, firstUsed } of rotated) {
      const ahead = (firstUsed ?? 0) - firstPublished
      expect(ahead).toBeGreaterThan(longestKeySetLifetime)
    }
    for (const replaced of [first, second]) {
      expect(replaced?.lastPublished).toBeGreaterThanOrEqual(replaced?.lastExpiry ?? Infinity)
      expect(replaced?.lastPublished).toBeLessThan(last)
    }
  }
})
