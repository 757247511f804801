import {
  createHash,
  createPrivateKey,
  createPublicKey,
  verify as verifySignature,
} from 'node:crypto'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  DecryptCommand,
  DescribeKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateDataKeyPairWithoutPlaintextCommand,
  GenerateDataKeyWithoutPlaintextCommand,
  GetPublicKeyCommand,
  KMSClient,
  ListKeysCommand,
  SignCommand,
  type SigningAlgorithmSpec,
  VerifyCommand,
} from '@aws-sdk/client-kms'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Fixture, failureOf, startFixture } from './local-fixture.ts'

let fixture: Fixture
let operator: KMSClient
let reader: KMSClient
let wrapping: string
let signing: string
let elliptic: string

const message = Buffer.from('header.payload')
const digest = createHash('sha256').update(message).digest()

beforeAll(async () => {
  fixture = await startFixture()
  operator = new KMSClient(fixture.clientOf('operator'))
  reader = new KMSClient(fixture.clientOf('reader'))
  wrapping = fixture.keyArn('WrappingKey')
  signing = fixture.keyArn('SigningKey')
  elliptic = fixture.keyArn('EllipticKey')
})

afterAll(() => fixture.endpoint.close())

const rs256 = 'RSASSA_PKCS1_V1_5_SHA_256' satisfies SigningAlgorithmSpec
const ps256 = 'RSASSA_PSS_SHA_256' satisfies SigningAlgorithmSpec
const es256 = 'ECDSA_SHA_256' satisfies SigningAlgorithmSpec

async function publicKeyOf(KeyId: string) {
  const { PublicKey } = await operator.send(new GetPublicKeyCommand({ KeyId }))
  return createPublicKey({ key: Buffer.from(PublicKey ?? []), format: 'der', type: 'spki' })
}

test.each([
  ['RSA_2048', rs256, () => signing, {}],
  ['RSA_2048', ps256, () => signing, { padding: 6, saltLength: 32 }],
  ['ECC_NIST_P256', es256, () => elliptic, {}],
] as const)(
  'KMS Sign: %s, %s: message and digest verify, a changed one does not',
  async (spec, SigningAlgorithm, key, options) => {
    const KeyId = key()
    const publicKey = await publicKeyOf(KeyId)
    for (const [MessageType, Message] of [
      ['RAW', message],
      ['DIGEST', digest],
    ] as const) {
      const common = { KeyId, Message, MessageType, SigningAlgorithm }
      const { Signature = new Uint8Array() } = await operator.send(new SignCommand(common))
      expect(verifySignature('sha256', message, { key: publicKey, ...options }, Signature)).toBe(
        true,
      )
      const verified = await operator.send(new VerifyCommand({ ...common, Signature }))
      expect(verified).toMatchObject({ SignatureValid: true, KeyId })
      const other = createHash('sha256').update('other').digest()
      for (const [Wrong, Forged] of [
        [other, Signature],
        [Message, Buffer.from(Signature).fill(1, 8, 12)],
        [Message, Signature.subarray(1)],
      ] as const) {
        expect(
          await failureOf(
            operator.send(new VerifyCommand({ ...common, Message: Wrong, Signature: Forged })),
          ),
        ).toContain('KMSInvalidSignatureException')
      }
    }
    const described = await operator.send(new DescribeKeyCommand({ KeyId }))
    expect(described.KeyMetadata).toMatchObject({ KeySpec: spec, KeyUsage: 'SIGN_VERIFY' })
    expect(described.KeyMetadata?.SigningAlgorithms).toContain(SigningAlgorithm)
  },
)

test('KMS Sign: RAW takes 4,096 bytes and DIGEST exactly the length of the hash', async () => {
  const sign = (length: number, MessageType: 'RAW' | 'DIGEST') =>
    operator.send(
      new SignCommand({
        KeyId: signing,
        Message: Buffer.alloc(length),
        MessageType,
        SigningAlgorithm: rs256,
      }),
    )
  expect((await sign(4096, 'RAW')).Signature).toHaveLength(256)
  expect(await failureOf(sign(4097, 'RAW'))).toContain('ValidationException')
  expect(await failureOf(sign(33, 'DIGEST'))).toBe(
    'ValidationException: Digest is invalid length for algorithm RSASSA_PKCS1_V1_5_SHA_256.',
  )
})

test('KMS Sign: a key of another use, or an algorithm of another key spec, is InvalidKeyUsageException', async () => {
  const sign = (KeyId: string, SigningAlgorithm: SigningAlgorithmSpec) =>
    operator.send(new SignCommand({ KeyId, Message: message, SigningAlgorithm }))
  expect(await failureOf(sign(wrapping, rs256))).toBe(
    `InvalidKeyUsageException: ${wrapping} key usage is ENCRYPT_DECRYPT which is not valid for Sign.`,
  )
  expect(await failureOf(sign(elliptic, rs256))).toBe(
    'InvalidKeyUsageException: Algorithm RSASSA_PKCS1_V1_5_SHA_256 is incompatible with key spec ECC_NIST_P256.',
  )
  const encrypt = operator.send(new EncryptCommand({ KeyId: signing, Plaintext: message }))
  expect(await failureOf(encrypt)).toContain('InvalidKeyUsageException')
})

test('KMS Encrypt: what one encryption context encrypted, only the same one decrypts', async () => {
  const EncryptionContext = { kind: 'code', id: '1' }
  const { CiphertextBlob = new Uint8Array(), KeyId } = await operator.send(
    new EncryptCommand({ KeyId: 'alias/fixture-wrapping', Plaintext: message, EncryptionContext }),
  )
  expect(KeyId).toBe(wrapping)
  const decrypt = (blob: Uint8Array, context?: Record<string, string>) =>
    operator.send(
      new DecryptCommand({ CiphertextBlob: blob, ...(context && { EncryptionContext: context }) }),
    )
  const opened = await decrypt(CiphertextBlob, { id: '1', kind: 'code' })
  expect(Buffer.from(opened.Plaintext ?? [])).toEqual(message)
  const tampered = Buffer.from(CiphertextBlob)
  tampered.writeUInt8(tampered.readUInt8(tampered.length - 1) ^ 1, tampered.length - 1)
  for (const attempt of [
    decrypt(CiphertextBlob, { kind: 'code', id: '2' }),
    decrypt(CiphertextBlob),
    decrypt(tampered, EncryptionContext),
    decrypt(Buffer.from('nonsense'), EncryptionContext),
  ]) {
    expect(await failureOf(attempt)).toContain('InvalidCiphertextException')
  }
})

test('KMS Decrypt: a key that is named and did not encrypt is IncorrectKeyException', async () => {
  const { CiphertextBlob } = await operator.send(
    new EncryptCommand({ KeyId: wrapping, Plaintext: message }),
  )
  const KeyId = fixture.keyArn('TableKey')
  const attempt = operator.send(new DecryptCommand({ KeyId, CiphertextBlob }))
  expect(await failureOf(attempt)).toContain('IncorrectKeyException')
})

test('KMS GenerateDataKey: the blob decrypts to the plaintext, which the other operation leaves out', async () => {
  const EncryptionContext = { kind: 'refresh' }
  const input = { KeyId: wrapping, KeySpec: 'AES_256', EncryptionContext } as const
  const made = await operator.send(new GenerateDataKeyCommand(input))
  const decrypt = (CiphertextBlob: Uint8Array | undefined) =>
    operator.send(new DecryptCommand({ CiphertextBlob, EncryptionContext }))
  expect((await decrypt(made.CiphertextBlob)).Plaintext).toEqual(made.Plaintext)
  const silent = await operator.send(new GenerateDataKeyWithoutPlaintextCommand(input))
  expect(silent).not.toHaveProperty('Plaintext')
  expect((await decrypt(silent.CiphertextBlob)).Plaintext).toHaveLength(32)
  const unsure = operator.send(new GenerateDataKeyCommand({ KeyId: wrapping }))
  expect(await failureOf(unsure)).toContain('Please specify either number of bytes or key spec.')
})

test.each(['RSA_2048', 'ECC_NIST_P256'] as const)(
  'KMS GenerateDataKeyPairWithoutPlaintext: %s: the wrapped private key belongs to the public one',
  async (KeyPairSpec) => {
    const EncryptionContext = { kind: 'signing', tenant: 'acme', id: 'k1' }
    const pair = await operator.send(
      new GenerateDataKeyPairWithoutPlaintextCommand({
        KeyId: wrapping,
        KeyPairSpec,
        EncryptionContext,
      }),
    )
    const { Plaintext } = await reader.send(
      new DecryptCommand({ CiphertextBlob: pair.PrivateKeyCiphertextBlob, EncryptionContext }),
    )
    const key = Buffer.from(Plaintext ?? [])
    const privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' })
    const derived = createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
    expect(derived).toEqual(Buffer.from(pair.PublicKey ?? []))
  },
)

test('KMS: an unknown key or alias is NotFoundException, an operation beyond the product unknown', async () => {
  const arn = `${wrapping}0`
  const describe = (KeyId: string) => operator.send(new DescribeKeyCommand({ KeyId }))
  expect(await failureOf(describe(arn))).toBe(`NotFoundException: Key '${arn}' does not exist`)
  expect(await failureOf(describe('alias/none'))).toContain('alias/none')
  expect(await failureOf(operator.send(new ListKeysCommand()))).toContain('ListKeys')
})

test('KMS: a role decrypts only under the encryption context of its statement', async () => {
  const wrapped = async (kind: string) => {
    const EncryptionContext = { kind, id: '1' }
    const made = await operator.send(
      new GenerateDataKeyWithoutPlaintextCommand({
        KeyId: wrapping,
        KeySpec: 'AES_256',
        EncryptionContext,
      }),
    )
    return new DecryptCommand({ CiphertextBlob: made.CiphertextBlob, EncryptionContext })
  }
  expect((await reader.send(await wrapped('signing'))).Plaintext).toHaveLength(32)
  expect(await failureOf(reader.send(await wrapped('code')))).toContain(
    `not authorized to perform: kms:Decrypt on resource: ${wrapping}`,
  )
})

test('KMS: a role signs only as its conditions on message type and algorithm say', async () => {
  const sign = (MessageType: 'RAW' | 'DIGEST', SigningAlgorithm: SigningAlgorithmSpec) =>
    reader.send(new SignCommand({ KeyId: signing, Message: digest, MessageType, SigningAlgorithm }))
  expect((await sign('DIGEST', rs256)).KeyId).toBe(signing)
  expect(await failureOf(sign('RAW', rs256))).toContain('AccessDeniedException')
  expect(await failureOf(sign('DIGEST', ps256))).toContain('AccessDeniedException')
})

test('KMS: with a data directory the same keys are there again, in a file for the owner alone', async () => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'sallyport-data-'))
  const run = async <T>(work: (client: KMSClient) => Promise<T>): Promise<T> => {
    const kept = await startFixture({ dataDirectory })
    try {
      return await work(new KMSClient(kept.clientOf('operator')))
    } finally {
      await kept.endpoint.close()
    }
  }
  const getPublicKey = (client: KMSClient) =>
    client.send(new GetPublicKeyCommand({ KeyId: elliptic }))
  const encrypt = new EncryptCommand({ KeyId: wrapping, Plaintext: message })
  const [publicKey, { CiphertextBlob }] = await run(async (client) => [
    await getPublicKey(client),
    await client.send(encrypt),
  ])
  const [again, { Plaintext }] = await run(async (client) => [
    await getPublicKey(client),
    await client.send(new DecryptCommand({ CiphertextBlob })),
  ])
  expect(again.PublicKey).toEqual(publicKey.PublicKey)
  expect(Buffer.from(Plaintext ?? [])).toEqual(message)
  expect((await stat(join(dataDirectory, 'kms.json'))).mode & 0o777).toBe(0o600)
  await rm(dataDirectory, { recursive: true })
})
