import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { attester, clientInstance } from '../../../test/support/attestation.ts'
import { inSeconds, now, tenant } from '../../../test/support/builders.ts'
import { anyText, parsesOrRefuses, thrownBy } from '../../../test/support/refusals.ts'
import {
  parseClientAttestation,
  verifyAttestation,
  verifyAttestationProof,
} from './client-attestation.ts'

const { issuer } = tenant()
const { attest } = await attester()
const instance = await clientInstance()
const cnf = { jwk: instance.jwk }
const good = { attestation: await attest('wallet', cnf), proof: await instance.prove(issuer) }

const refusal = (rule: string) => ({
  code: 'invalid_client',
  status: 401,
  rule: `oauth/client/attestation-${rule}`,
  message: 'client authentication failed',
})

describe('attestation-based client authentication section 4, 5.1 and 7: the headers', async () => {
  test('name the client, and the key of its instance', () => {
    const parsed = parseClientAttestation(good.attestation, good.proof)
    expect(parsed).toMatchObject({ id: 'wallet', attestation: { proof: { jkt: instance.jkt } } })
    expect(JSON.stringify(parsed)).not.toContain(good.proof)
  })

  test.each([
    ['type', { attestation: '' }],
    ['type', { attestation: 'a.b.c' }],
    ['type', { attestation: `${good.attestation},${good.attestation}` }],
    ['type', { attestation: good.proof }],
    ['proof-type', { proof: undefined }],
    ['proof-type', { proof: '' }],
    ['proof-type', { proof: `${good.proof}, ${good.proof}` }],
    ['proof-type', { proof: good.attestation }],
    ['subject', { attestation: await attest('', cnf) }],
    ['subject', { attestation: await attest('w', cnf, { claims: { sub: undefined } }) }],
    ['key', { attestation: await attest('w', {}) }],
    ['key', { attestation: await attest('w', { jwk: instance.privateJwk }) }],
    ['key', { attestation: await attest('w', { jkt: instance.jkt }) }],
    ['key', { attestation: await attest('w', cnf, { claims: { cnf: 'x' } }) }],
  ] as const)('that are malformed are refused: %s', (rule, changed) => {
    const { attestation, proof } = { ...good, ...changed }
    expect(thrownBy(() => parseClientAttestation(attestation, proof))).toMatchObject(refusal(rule))
  })

  test('of any form at all make parsing throw anything but a refusal', () => {
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const member = fc.oneof(fc.jsonValue(), anyText)
    const claims = fc.record({ sub: member, cnf: fc.oneof(member, fc.record({ jwk: member })) })
    const typ = 'oauth-client-attestation+jwt'
    const attestation = claims.map((each) => `${encode({ typ })}.${encode(each)}.c2ln`)
    fc.assert(
      fc.property(
        fc.oneof(attestation, anyText),
        fc.oneof(fc.constant(good.proof), anyText),
        (text, proof) => {
          parsesOrRefuses(() => parseClientAttestation(text, proof))
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('attestation-based client authentication section 7.1: the attestation', () => {
  const claims = { iat: now, exp: inSeconds(60) }

  test('holds until it expires', () => {
    expect(verifyAttestation(claims, now)).toBeUndefined()
    expect(verifyAttestation({ ...claims, nbf: now }, now)).toBeUndefined()
  })

  test('attestation-based client authentication section 4: need not say when it was made', () => {
    expect(verifyAttestation({ exp: inSeconds(60) }, now)).toBeUndefined()
  })

  test.each([
    ['signature', undefined],
    ['time', { ...claims, iat: 'now' }],
    ['time', { ...claims, nbf: null }],
    ['time', { ...claims, exp: undefined }],
    ['time', { ...claims, exp: 'soon' }],
    ['time', { ...claims, iat: inSeconds(11) }],
    ['time', { ...claims, nbf: inSeconds(11) }],
  ])('is refused: %s', (rule, presented) => {
    expect(thrownBy(() => verifyAttestation(presented, now))).toMatchObject(refusal(rule))
  })

  test('attestation-based client authentication section 7.4: one whose time is over is use_fresh_attestation', () => {
    expect(thrownBy(() => verifyAttestation({ ...claims, exp: now }, now))).toMatchObject({
      code: 'use_fresh_attestation',
      status: 400,
    })
  })
})

describe('attestation-based client authentication section 5.1 and 7.2: the proof', () => {
  const claims = { aud: issuer, jti: 'j', iat: now }
  const verify = (more: object, hasChallenge = false) =>
    verifyAttestationProof({ ...claims, ...more }, issuer, hasChallenge, now)

  test('is made for us, just now', () => {
    expect(verify({})).toBe('j')
    expect(verify({ iat: inSeconds(-200) }, true)).toBe('j')
  })

  test.each([
    ['proof-audience', { aud: undefined }],
    ['proof-audience', { aud: `${issuer}/oauth2/token` }],
    ['proof-audience', { aud: [issuer, 'https://elsewhere.example'] }],
    ['proof-time', { iat: undefined }],
    ['proof-time', { iat: inSeconds(-61) }],
    ['proof-time', { iat: inSeconds(11) }],
    ['proof-jti', { jti: undefined }],
    ['proof-jti', { jti: '' }],
  ])('is refused: %s', (rule, changed) => {
    expect(thrownBy(() => verify(changed))).toMatchObject(refusal(rule))
  })

  test('is refused when the key of the instance has not signed it', () => {
    const unsigned = () => verifyAttestationProof(undefined, issuer, false, now)
    expect(thrownBy(unsigned)).toMatchObject(refusal('proof-signature'))
  })
})
