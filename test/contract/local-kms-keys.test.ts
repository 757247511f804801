import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  CreateKeyCommand,
  DescribeKeyCommand,
  GetPublicKeyCommand,
  KMSClient,
  ScheduleKeyDeletionCommand,
  SignCommand,
} from '@aws-sdk/client-kms'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Fixture, failureOf, startFixture } from './local-fixture.ts'

let directory: string
let fixture: Fixture
let operator: KMSClient

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sallyport-kms-keys-'))
  fixture = await startFixture({ dataDirectory: directory })
  operator = new KMSClient(fixture.clientOf('operator'))
})

afterAll(async () => {
  await fixture.endpoint.close()
  await rm(directory, { recursive: true })
})

async function makeSigningKey(): Promise<string> {
  const { KeyMetadata } = await operator.send(
    new CreateKeyCommand({
      KeySpec: 'RSA_2048',
      KeyUsage: 'SIGN_VERIFY',
      Tags: [{ TagKey: 'sallyport:signing', TagValue: 'true' }],
    }),
  )
  return KeyMetadata?.Arn ?? ''
}

const publicKeyOf = (KeyId: string) => operator.send(new GetPublicKeyCommand({ KeyId }))

const sign = (KeyId: string) =>
  operator.send(
    new SignCommand({
      KeyId,
      Message: Buffer.from('input'),
      SigningAlgorithm: 'RSASSA_PKCS1_V1_5_SHA_256',
    }),
  )

test('KMS CreateKey: a new key signs at once', async () => {
  const key = await makeSigningKey()
  expect(key).toMatch(/^arn:aws:kms:[^:]+:\d{12}:key\/[0-9a-f-]{36}$/)
  expect((await sign(key)).Signature?.length).toBe(256)
})

test('KMS ScheduleKeyDeletion: the key does nothing more, and is described as pending deletion', async () => {
  const key = await makeSigningKey()
  const schedule = new ScheduleKeyDeletionCommand({ KeyId: key, PendingWindowInDays: 30 })
  expect(await operator.send(schedule)).toMatchObject({ KeyState: 'PendingDeletion' })
  const described = await operator.send(new DescribeKeyCommand({ KeyId: key }))
  expect(described.KeyMetadata).toMatchObject({ Enabled: false, KeyState: 'PendingDeletion' })
  for (const use of [() => sign(key), () => publicKeyOf(key), () => operator.send(schedule)]) {
    expect(await failureOf(use())).toMatch(/^KMSInvalidStateException: /)
  }
})

test('a key that was made, and its end, survive a restart', async () => {
  const [kept, ended] = [await makeSigningKey(), await makeSigningKey()]
  const { PublicKey } = await publicKeyOf(kept)
  await operator.send(new ScheduleKeyDeletionCommand({ KeyId: ended }))
  await fixture.endpoint.close()
  fixture = await startFixture({ dataDirectory: directory })
  operator = new KMSClient(fixture.clientOf('operator'))
  expect((await publicKeyOf(kept)).PublicKey).toEqual(PublicKey)
  expect(await failureOf(sign(ended))).toMatch(/^KMSInvalidStateException: /)
})
