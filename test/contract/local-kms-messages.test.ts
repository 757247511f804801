import { createPublicKey, verify } from 'node:crypto'
import {
  CreateKeyCommand,
  type DataKeyPairSpec,
  GenerateDataKeyPairWithoutPlaintextCommand,
  GetPublicKeyCommand,
  type KeySpec,
  KMSClient,
  type MessageType,
  SignCommand,
  type SigningAlgorithmSpec,
  VerifyCommand,
} from '@aws-sdk/client-kms'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mlDsa44Representative } from '#shared/jose/ml-dsa.ts'
import { type Fixture, failureOf, startFixture } from './local-fixture.ts'

let fixture: Fixture
let operator: KMSClient

beforeAll(async () => {
  fixture = await startFixture()
  operator = new KMSClient(fixture.clientOf('operator'))
})

afterAll(() => fixture.endpoint.close())

const message = Buffer.from('header.payload')

/** A new key with its public half. */
async function makeKey(keySpec: KeySpec) {
  const made = await operator.send(
    new CreateKeyCommand({ KeySpec: keySpec, KeyUsage: 'SIGN_VERIFY' }),
  )
  const id = made.KeyMetadata?.Arn ?? ''
  const { PublicKey } = await operator.send(new GetPublicKeyCommand({ KeyId: id }))
  const spki = Buffer.from(PublicKey ?? [])
  return { id, spki, publicKey: createPublicKey({ key: spki, format: 'der', type: 'spki' }) }
}

const schemes = [
  ['ECC_NIST_EDWARDS25519', 'ED25519_SHA_512'],
  ['ML_DSA_44', 'ML_DSA_SHAKE_256'],
] as const

test.each(schemes)(
  'KMS Sign: %s, %s: a message of at most 4,096 bytes verifies, another does not',
  async (keySpec, SigningAlgorithm) => {
    const { id, publicKey } = await makeKey(keySpec)
    const common = { KeyId: id, SigningAlgorithm }
    const sign = (Message: Uint8Array) => operator.send(new SignCommand({ ...common, Message }))
    const { Signature = new Uint8Array() } = await sign(message)
    expect(verify(null, message, publicKey, Signature)).toBe(true)
    const check = (Message: Uint8Array) =>
      operator.send(new VerifyCommand({ ...common, Message, Signature }))
    expect(await check(message)).toMatchObject({ SignatureValid: true })
    expect(await failureOf(check(Buffer.from('other')))).toContain('KMSInvalidSignatureException')
    expect((await sign(Buffer.alloc(4096))).KeyId).toBe(id)
    expect(await failureOf(sign(Buffer.alloc(4097)))).toContain('ValidationException')
  },
)

test('KMS Sign: EXTERNAL_MU: the signature of the representative is that of the message', async () => {
  const { id, spki, publicKey } = await makeKey('ML_DSA_44')
  const long = 'x'.repeat(10_000)
  const common = {
    KeyId: id,
    Message: mlDsa44Representative(spki.toString('base64'), long),
    MessageType: 'EXTERNAL_MU',
    SigningAlgorithm: 'ML_DSA_SHAKE_256',
  } as const
  const { Signature = new Uint8Array() } = await operator.send(new SignCommand(common))
  expect(verify(null, Buffer.from(long), publicKey, Signature)).toBe(true)
  const verified = await operator.send(new VerifyCommand({ ...common, Signature }))
  expect(verified).toMatchObject({ SignatureValid: true })
  for (const forged of [Buffer.from(Signature).fill(1, 8, 12), Signature.subarray(1)]) {
    const attempt = operator.send(new VerifyCommand({ ...common, Signature: forged }))
    expect(await failureOf(attempt)).toContain('KMSInvalidSignatureException')
  }
})

test('KMS Sign: a message type that the algorithm does not have is a ValidationException', async () => {
  const sign = async (
    keySpec: KeySpec,
    SigningAlgorithm: SigningAlgorithmSpec,
    MessageType: MessageType,
    bytes: number,
  ) => {
    const KeyId = (await makeKey(keySpec)).id
    const Message = Buffer.alloc(bytes)
    return operator.send(new SignCommand({ KeyId, SigningAlgorithm, MessageType, Message }))
  }
  for (const attempt of [
    sign('ECC_NIST_EDWARDS25519', 'ED25519_SHA_512', 'DIGEST', 64),
    sign('ML_DSA_44', 'ML_DSA_SHAKE_256', 'DIGEST', 64),
    sign('ML_DSA_44', 'ML_DSA_SHAKE_256', 'EXTERNAL_MU', 32),
    sign('ECC_NIST_P256', 'ECDSA_SHA_256', 'EXTERNAL_MU', 64),
  ]) {
    expect(await failureOf(attempt)).toContain('ValidationException')
  }
})

test('KMS GenerateDataKeyPairWithoutPlaintext: pairs of Ed25519, none of ML-DSA', async () => {
  const pair = (spec: string) =>
    operator.send(
      new GenerateDataKeyPairWithoutPlaintextCommand({
        KeyId: fixture.keyArn('WrappingKey'),
        KeyPairSpec: spec as DataKeyPairSpec,
      }),
    )
  const { PublicKey } = await pair('ECC_NIST_EDWARDS25519')
  const key = { key: Buffer.from(PublicKey ?? []), format: 'der', type: 'spki' } as const
  expect(createPublicKey(key).asymmetricKeyType).toBe('ed25519')
  expect(await failureOf(pair('ML_DSA_44'))).toContain('ValidationException')
})
