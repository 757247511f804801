import { describe, expect, test } from 'vitest'
import { type TenantId, trusted } from '#shared/kernel/ids.ts'
import { proofVerifier } from '#shared/node/proof-verifier.ts'
import { clockAt, countingRandom, inSeconds, now, tenant } from '../../../test/support/builders.ts'
import { dpopKey, type ProofWishes } from '../../../test/support/dpop.ts'
import { plainSealer } from '../../../test/support/fake-ports.ts'
import { inMemoryStore } from '../../../test/support/in-memory-store.ts'
import { parseDpopProof } from '../possession/dpop-proof.ts'
import { offerNonce } from './offer-nonce.ts'
import { verifyDpopProof } from './verify-dpop-proof.ts'

const htu = `${tenant().issuer}/oauth2/token`
const target = { method: 'POST', urls: [htu] }
const key = await dpopKey()

const withNonces = tenant({ settings: { ...tenant().settings, requiresProofNonce: true } })

function world() {
  const store = inMemoryStore()
  const sealer = plainSealer()
  const ports = { ...store, sealer, proofVerifier, random: countingRandom() }
  return {
    kept: store.kept,
    nonceAt: (moment = now, at = withNonces) => offerNonce({ sealer, clock: clockAt(moment) })(at),
    async prove(wishes: Partial<ProofWishes> = {}, { at = tenant(), by = key } = {}) {
      const { claims, ...others } = wishes
      const proof = await by.proof({ htu, claims: { iat: now, ...claims }, ...others })
      return verifyDpopProof(ports)(at, parseDpopProof(proof), target, now)
    },
  }
}

const refusal = (rule: string) => ({ code: 'invalid_dpop_proof', rule: `oauth/dpop/${rule}` })
const askForNonce = { code: 'use_dpop_nonce', status: 400, rule: 'oauth/dpop/nonce' }

test('rfc9449 section 6.1 and 11.8: the thumbprint of the key is what tokens are bound to', async () => {
  expect((await world().prove()).jkt).toBe(key.jkt)
})

test.each(['EdDSA', 'PS256', 'RS256'])('rfc9449 section 4.3: %s verifies', async (alg) => {
  const by = await dpopKey(alg)
  expect((await world().prove({}, { by })).jkt).toBe(by.jkt)
})

test('rfc9449 section 4.3: the signature is of the key in the header', async () => {
  const other = await dpopKey()
  await expect(world().prove({ header: { jwk: other.jwk } })).rejects.toMatchObject(
    refusal('signature'),
  )
})

test('rfc7515 section 4.1.11: an extension that must be understood is not', async () => {
  const header = { crit: ['unknown'], unknown: 1 }
  await expect(world().prove({ header })).rejects.toMatchObject(refusal('signature'))
})

test('fapi 2.0 section 5.4.1: RS256 is not accepted', async () => {
  const at = tenant({ settings: { ...tenant().settings, profile: 'fapi2' } })
  const by = await dpopKey('RS256')
  await expect(world().prove({}, { at, by })).rejects.toMatchObject(refusal('algorithm'))
})

test('ML-DSA proves a key where the tenant itself signs with it', async () => {
  const by = await dpopKey('ML-DSA-44')
  await expect(world().prove({}, { by })).rejects.toMatchObject(refusal('algorithm'))
  const settings = { ...tenant().settings, signingAlgorithms: ['RS256', 'ML-DSA-44'] as const }
  expect((await world().prove({}, { by, at: tenant({ settings }) })).jkt).toBe(by.jkt)
})

describe('rfc9449 section 11.1: a proof is used once', () => {
  test('its jti is refused the second time', async () => {
    const { prove } = world()
    const claims = { jti: 'once' }
    await (await prove({ claims })).use()
    const again = await prove({ claims })
    await expect(again.use()).rejects.toMatchObject(refusal('replayed'))
  })

  test('the same jti under another key is another proof', async () => {
    const { prove } = world()
    const claims = { jti: 'once' }
    await (await prove({ claims })).use()
    await (await prove({ claims }, { by: await dpopKey() })).use()
  })

  test('nothing is written until it is used', async () => {
    const { prove, kept } = world()
    await prove()
    expect(kept.proofs).toEqual([])
  })
})

describe('rfc9449 section 8: nonces of the server', () => {
  test('one that is fresh is taken, and tells the time better than the client', async () => {
    const { prove, nonceAt } = world()
    const nonce = await nonceAt()
    const wishes = { nonce, claims: { iat: now - 200 } }
    expect((await prove(wishes, { at: withNonces })).jkt).toBe(key.jkt)
  })

  test('rfc9449 section 11.3: where they are given out, no proof goes without', async () => {
    const { prove, nonceAt } = world()
    await expect(prove({}, { at: withNonces })).rejects.toMatchObject(askForNonce)
    const nonce = await nonceAt()
    expect((await prove({ nonce }, { at: withNonces })).jkt).toBe(key.jkt)
  })

  test('rfc9449 section 11.3: where proofs go without, none is given out, nor one believed', async () => {
    const { prove, nonceAt } = world()
    expect(await nonceAt(now, tenant())).toBeUndefined()
    const nonce = await nonceAt()
    expect((await prove({ nonce: 'x' })).jkt).toBe(key.jkt)
    const old = prove({ nonce, claims: { iat: now - 200 } })
    await expect(old).rejects.toMatchObject(refusal('time'))
  })

  test('rfc9449 section 4.3: one that is too old, of another tenant or not ours is not taken', async () => {
    const { prove, nonceAt } = world()
    const old = await nonceAt(inSeconds(-301))
    const foreign = await nonceAt(now, { ...withNonces, id: trusted<TenantId>('globex') })
    const at = withNonces
    for (const nonce of [old, foreign, 'x', '%']) {
      await expect(prove({ nonce }, { at })).rejects.toMatchObject(askForNonce)
    }
    await expect(prove({ claims: { nonce: 1 } }, { at })).rejects.toMatchObject(askForNonce)
  })
})
