import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { clientAssertionVerifier } from '#shared/node/client-assertion-verifier.ts'
import { proofVerifier } from '#shared/node/proof-verifier.ts'
import { attester, clientInstance } from '../../../test/support/attestation.ts'
import {
  client,
  clientId,
  clockAt,
  countingRandom,
  inSeconds,
  now,
  tenant,
} from '../../../test/support/builders.ts'
import { plainSealer, registeredKeys } from '../../../test/support/fake-ports.ts'
import { inMemoryStore } from '../../../test/support/in-memory-store.ts'
import { parseClientAttestation } from '../authentication/client-attestation.ts'
import { offerNonce } from './offer-nonce.ts'
import { verifyClientAttestation } from './verify-client-attestation.ts'

const { issuer, settings } = tenant()
const { jwk, attest } = await attester()
const instance = await clientInstance()
const wallet = client({ tokenEndpointAuthMethod: 'attest_jwt_client_auth', keys: [jwk] })
const asking = tenant({ settings: { ...settings, requiresProofNonce: true } })

function world() {
  const store = inMemoryStore()
  const sealer = plainSealer()
  const assertionVerifier = clientAssertionVerifier(registeredKeys)
  const ports = { ...store, sealer, proofVerifier, assertionVerifier, random: countingRandom() }
  return {
    kept: store.kept,
    challengeAt: (moment = now) => offerNonce({ sealer, clock: clockAt(moment) })(asking),
    async verify(sent: { attestation?: string; proof?: string } = {}, at = tenant()) {
      const times = { iat: now, exp: inSeconds(60) }
      const attested = await attest(clientId, { jwk: instance.jwk }, { claims: times })
      const proof = sent.proof ?? (await prove())
      const { attestation } = parseClientAttestation(sent.attestation ?? attested, proof)
      return verifyClientAttestation(ports)(at, wallet, attestation, now)
    },
  }
}

const prove = (claims: object = {}, by = instance) =>
  by.prove(issuer, { claims: { iat: now, ...claims } })

const refusal = (rule: string) => ({
  code: 'invalid_client',
  rule: `oauth/client/attestation-${rule}`,
})

test('an instance that the attester vouches for, and that proves its key', async () => {
  await expect(world().verify()).resolves.toBeUndefined()
})

test('attestation-based client authentication section 7.1: any other attester is not trusted', async () => {
  const other = await attester()
  const claims = { iat: now, exp: inSeconds(60) }
  const attestation = await other.attest(clientId, { jwk: instance.jwk }, { claims })
  await expect(world().verify({ attestation })).rejects.toMatchObject(refusal('signature'))
})

test('attestation-based client authentication section 4 and 11.2: an attestation is signed, by an asymmetric algorithm', async () => {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claims = { sub: clientId, cnf: { jwk: instance.jwk }, exp: inSeconds(60) }
  for (const alg of ['HS256', 'none']) {
    const typ = 'oauth-client-attestation+jwt'
    const input = `${encode({ typ, alg })}.${encode(claims)}`
    const mac = createHmac('sha256', JSON.stringify(jwk)).update(input).digest('base64url')
    const attestation = `${input}.${mac}`
    await expect(world().verify({ attestation })).rejects.toMatchObject(refusal('signature'))
  }
})

test('attestation-based client authentication section 7.2: the proof is of the instance that is attested', async () => {
  const proof = await prove({}, await clientInstance())
  await expect(world().verify({ proof })).rejects.toMatchObject(refusal('proof-signature'))
})

test('attestation-based client authentication section 9.7 and 11.1: a proof is used once', async () => {
  const { verify } = world()
  const proof = await prove()
  await verify({ proof })
  await expect(verify({ proof })).rejects.toMatchObject(refusal('replayed'))
})

test('attestation-based client authentication section 9.7: one of another time is not even remembered', async () => {
  const { verify, kept } = world()
  const proof = await prove({ iat: inSeconds(-100) })
  await expect(verify({ proof })).rejects.toMatchObject(refusal('proof-time'))
  expect(kept.proofs).toEqual([])
})

describe('attestation-based client authentication section 6 and 7.2: challenges', () => {
  const asked = { code: 'use_attestation_challenge', status: 400 }

  test('one of ours is taken', async () => {
    const { verify, challengeAt } = world()
    const proof = await prove({ challenge: await challengeAt() })
    await expect(verify({ proof }, asking)).resolves.toBeUndefined()
  })

  test('any other is asked for again, and so is one that must be there', async () => {
    const { verify, challengeAt } = world()
    for (const challenge of ['x', 1, await challengeAt(inSeconds(-301))]) {
      const proof = await prove({ challenge })
      await expect(verify({ proof }, asking)).rejects.toMatchObject(asked)
    }
    await expect(verify({}, asking)).rejects.toMatchObject(asked)
  })

  test('where none is demanded the claim says nothing', async () => {
    const proof = await prove({ challenge: 'x' })
    await expect(world().verify({ proof })).resolves.toBeUndefined()
  })
})
