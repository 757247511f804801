import { z } from 'zod'
import { ownEntry } from '../own-entry.ts'
import type { LocalKmsKey } from '../template.ts'
import {
  decrypt,
  decryptingKey,
  encrypt,
  generateDataKey,
  generateDataKeyPairWithoutPlaintext,
  generateDataKeyWithoutPlaintext,
} from './kms-encryption.ts'
import { createKeyRing, type KeyFacts, type KeyRing } from './kms-keys.ts'
import { getPublicKey, sign, signingAlgorithms, verify } from './kms-signature.ts'
import {
  type AwsRequest,
  type ContextValues,
  jsonResponse,
  type LocalService,
  type Question,
  unknownOperation,
} from './service.ts'

type Operation = (keys: KeyRing, input: AwsRequest['input']) => Promise<object>

const named = z.object({ KeyId: z.string() })

const describeKey: Operation = async (keys, input) => {
  const key = keys.find(named.parse(input).KeyId)
  const isSymmetric = key.keySpec === 'SYMMETRIC_DEFAULT'
  return {
    KeyMetadata: {
      AWSAccountId: key.arn.split(':')[4],
      Arn: key.arn,
      CustomerMasterKeySpec: key.keySpec,
      Enabled: true,
      EncryptionAlgorithms: isSymmetric ? ['SYMMETRIC_DEFAULT'] : undefined,
      KeyId: key.keyId,
      KeyManager: 'CUSTOMER',
      KeySpec: key.keySpec,
      KeyState: 'Enabled',
      KeyUsage: key.keyUsage,
      MultiRegion: key.keyId.startsWith('mrk-'),
      Origin: 'AWS_KMS',
      SigningAlgorithms: isSymmetric ? undefined : signingAlgorithms(key),
    },
  }
}

const operations: Readonly<Record<string, Operation>> = {
  Decrypt: decrypt,
  DescribeKey: describeKey,
  Encrypt: encrypt,
  GenerateDataKey: generateDataKey,
  GenerateDataKeyPairWithoutPlaintext: generateDataKeyPairWithoutPlaintext,
  GenerateDataKeyWithoutPlaintext: generateDataKeyWithoutPlaintext,
  GetPublicKey: getPublicKey,
  Sign: sign,
  Verify: verify,
}

const conditionKeys = [
  'kms:CallerAccount',
  'kms:DataKeyPairSpec',
  'kms:EncryptionContext:*',
  'kms:EncryptionContextKeys',
  'kms:KeySpec',
  'kms:KeyUsage',
  'kms:MessageType',
  'kms:RequestAlias',
  'kms:ResourceAliases',
  'kms:SigningAlgorithm',
  'kms:ViaService',
]

const described = z.object({
  KeyId: z.string().optional(),
  EncryptionContext: z.record(z.string(), z.string()).default({}),
  KeyPairSpec: z.string().optional(),
  MessageType: z.string().optional(),
  SigningAlgorithm: z.string().optional(),
})

/** @spec https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html */
function contextOf(key: LocalKmsKey, { action, input }: AwsRequest): ContextValues {
  const request = described.parse(input)
  const signs = action === 'Sign' || action === 'Verify'
  const pairs = Object.entries(request.EncryptionContext)
  return {
    ...Object.fromEntries(pairs.map(([name, value]) => [`kms:EncryptionContext:${name}`, value])),
    'kms:EncryptionContextKeys': pairs.map(([name]) => name),
    'kms:CallerAccount': key.arn.split(':')[4],
    'kms:DataKeyPairSpec': request.KeyPairSpec,
    'kms:KeySpec': key.keySpec,
    'kms:KeyUsage': key.keyUsage,
    'kms:MessageType': signs ? (request.MessageType ?? 'RAW') : undefined,
    'kms:RequestAlias': /alias\/.*$/.exec(request.KeyId ?? '')?.[0],
    'kms:ResourceAliases': key.aliases,
    'kms:SigningAlgorithm': request.SigningAlgorithm,
  }
}

function questionOf(keys: KeyRing, request: AwsRequest): Question {
  if (!Object.hasOwn(operations, request.action)) throw unknownOperation(request.action)
  const key =
    request.action === 'Decrypt'
      ? decryptingKey(keys, request.input)
      : keys.find(named.parse(request.input).KeyId)
  return {
    action: `kms:${request.action}`,
    resource: key.arn,
    context: contextOf(key, request),
    keyPolicy: key.policy,
  }
}

/** KMS with the template's keys: what the SDK client says of them, their material made here. */
export function createKms(system: KeyFacts, dataDirectory?: string): LocalService {
  const keys = createKeyRing(system, dataDirectory)
  return {
    name: 'kms',
    conditionKeys,
    questions: (request) => [questionOf(keys, request)],
    async serve({ action, input }) {
      const operation = ownEntry(operations, action)
      if (!operation) throw unknownOperation(action)
      return jsonResponse(await operation(keys, input))
    },
    close: async () => undefined,
  }
}
