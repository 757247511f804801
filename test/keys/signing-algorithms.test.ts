import { decodeJwt, decodeProtectedHeader } from 'jose'
import { expect, inject, test } from 'vitest'
import { signingAlgorithms } from '#shared/jose/algorithms.ts'
import {
  hastyPending,
  keyRingLifetime,
  keySetLifetime,
  longestKeySetLifetime,
  signingKeyTimes,
} from '#shared/keys/key-times.ts'
import { localAccess } from '../../tools/local-access.ts'
import { rotate } from '../../tools/rotate.ts'
import { basic, callback, RelyingParty } from '../support/relying-party.ts'
import { keyLog } from './key-log.ts'
import { fireRotation, turnedTime } from './turned-time.ts'
import { gatewayVerifier, usualVerifier } from './verifiers.ts'

const origin = inject('clockedOrigin')
const time = await turnedTime(origin)

const clients = signingAlgorithms.map((algorithm) =>
  algorithm === 'ES256' ? 'web' : `web-${algorithm.toLowerCase()}`,
)

/** The refresh token of a client that has just got its first tokens. */
async function signedIn(party: RelyingParty, client: string): Promise<string> {
  const code = await party.code({ client_id: client, scope: 'openid offline_access' })
  const form = { grant_type: 'authorization_code', code, redirect_uri: callback }
  const { body } = await party.token(form, basic(client, 'web-secret'))
  return String(body['refresh_token'])
}

/** Apps of one tenant, one for each algorithm, whose tokens are verified as long as they are good. */
async function busyApps(tenant: string) {
  const party = new RelyingParty(origin, tenant)
  const verifiers = [usualVerifier(party.issuer), gatewayVerifier(party.issuer)]
  const log = keyLog(party.issuer)
  await log.look()
  const held = new Map<string, string>()
  for (const client of clients) held.set(client, await signedIn(party, client))
  const used = new Map<string, Set<string>>()
  let before: readonly string[] = []

  async function refreshed(client: string): Promise<readonly string[]> {
    const form = { grant_type: 'refresh_token', refresh_token: held.get(client) ?? '' }
    const { status, body } = await party.token(form, basic(client, 'web-secret'))
    expect([client, status]).toEqual([client, 200])
    held.set(client, String(body['refresh_token']))
    return [String(body['id_token']), String(body['access_token'])]
  }

  function note(token: string): void {
    log.use(token)
    const { alg = '', kid = '' } = decodeProtectedHeader(token)
    used.set(alg, (used.get(alg) ?? new Set()).add(kid))
  }

  return {
    log,
    used,
    async work(): Promise<void> {
      const tokens = (await Promise.all(clients.map(refreshed))).flat()
      await log.look()
      for (const token of tokens) note(token)
      const isCurrent = (token: string) => (decodeJwt(token).exp ?? 0) > time.now()
      for (const token of [...before, ...tokens].filter(isCurrent)) {
        for (const verify of verifiers) await verify(token)
      }
      before = tokens
    },
  }
}

test.each(['signatures', 'signatures-wrapped'])(
  'architecture, Signing keys: of %s every algorithm rotates under load, and no token fails to verify',
  async (tenant) => {
    const apps = await busyApps(tenant)
    await apps.work()
    await rotate({ tenant }, await localAccess(origin))
    const end = time.now() + signingKeyTimes.pending + 2 * keyRingLifetime
    while (time.now() < end) {
      await time.advance(480)
      await fireRotation(origin)
      await apps.work()
    }
    await time.advance(signingKeyTimes.retiring)
    await fireRotation(origin)
    await time.advance(keySetLifetime)
    await apps.work()
    expect([...apps.used.keys()].toSorted()).toEqual([...signingAlgorithms].toSorted())
    for (const [algorithm, kids] of apps.used) {
      expect([algorithm, kids.size]).toEqual([algorithm, 2])
      const [first, second] = [...kids].map((kid) => apps.log.keys.get(kid))
      const ahead = (second?.firstUsed ?? 0) - (second?.firstPublished ?? 0)
      expect(ahead).toBeGreaterThan(longestKeySetLifetime)
      expect(first?.lastPublished).toBeLessThan(second?.lastPublished ?? 0)
    }
  },
)

test('rfc8725 section 3.1: one algorithm rotates alone, and in haste minutes after its key was published', async () => {
  const lines = await rotate(
    { tenant: 'signatures', algorithm: 'ML-DSA-44' },
    await localAccess(origin),
  )
  expect(lines.filter((line) => line.startsWith('key-created'))).toHaveLength(1)
  expect(lines.filter((line) => line.includes('is pending'))).toEqual([
    expect.stringContaining('is pending in kms for ML-DSA-44'),
  ])
  const next = /^\S+/.exec(lines.find((line) => line.includes('is pending')) ?? '')?.[0]
  await time.advance(hastyPending)
  const hasty = { tenant: 'signatures', algorithm: 'ML-DSA-44', hasty: true }
  expect(await rotate(hasty, await localAccess(origin))).toContain(
    `${next} is active in kms for ML-DSA-44`,
  )
  await expect(
    rotate({ tenant: 'acme', algorithm: 'ES256' }, await localAccess(origin)),
  ).rejects.toThrow('acme does not sign with ES256')
})
