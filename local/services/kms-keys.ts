import { createPrivateKey, generateKeyPair, type KeyObject, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { ownEntry } from '../own-entry.ts'
import type { LocalKmsKey, LocalSystem } from '../template.ts'
import { createMadeKeys, type MadeKeys } from './kms-made-keys.ts'
import { AwsError, validationError } from './service.ts'

const generate = promisify(generateKeyPair)

/** AWS's name of a key pair's kind -> how to make one. */
const pairs: Readonly<Record<string, () => Promise<{ privateKey: KeyObject }>>> = {
  RSA_2048: () => generate('rsa', { modulusLength: 2048 }),
  RSA_3072: () => generate('rsa', { modulusLength: 3072 }),
  RSA_4096: () => generate('rsa', { modulusLength: 4096 }),
  ECC_NIST_P256: () => generate('ec', { namedCurve: 'P-256' }),
  ECC_NIST_P384: () => generate('ec', { namedCurve: 'P-384' }),
  ECC_NIST_P521: () => generate('ec', { namedCurve: 'P-521' }),
  ECC_NIST_EDWARDS25519: () => generate('ed25519', undefined),
  ML_DSA_44: () => generate('ml-dsa-44', undefined),
}

/** @throws AwsError `UnsupportedOperationException` for a kind that the local cloud does not make */
export async function generatePair(spec: string): Promise<KeyObject> {
  const pair = ownEntry(pairs, spec)
  if (!pair) {
    throw new AwsError('UnsupportedOperationException', `Key spec ${spec} is not supported locally`)
  }
  return (await pair()).privateKey
}

/** Every key's material in base64, by key id: 32 bytes, or PKCS #8. */
const stored = z.record(z.string(), z.string())

type Material = Readonly<Record<string, string>>

/** In memory, or in a file that only its owner may read. */
function storeIn(dataDirectory: string | undefined) {
  const file = dataDirectory && join(dataDirectory, 'kms.json')
  let material: Material =
    file && existsSync(file) ? stored.parse(JSON.parse(readFileSync(file, 'utf8'))) : {}
  return {
    get: (keyId: string): string | undefined => material[keyId],
    set(keyId: string, value: string): void {
      material = { ...material, [keyId]: value }
      if (!dataDirectory || !file) return
      mkdirSync(dataDirectory, { recursive: true, mode: 0o700 })
      writeFileSync(`${file}.new`, JSON.stringify(material), { mode: 0o600 })
      renameSync(`${file}.new`, file)
    },
  }
}

/** The template's keys and those made since; each one's material is made when it is first needed. */
export interface KeyRing extends Pick<MadeKeys, 'make'> {
  /** @param name key id, key ARN, `alias/name` or an alias's ARN @throws AwsError `NotFoundException` */
  find(name: string): LocalKmsKey
  secret(key: LocalKmsKey): Promise<Buffer>
  privateKey(key: LocalKmsKey): Promise<KeyObject>
  /** When the key will be deleted, in milliseconds since the epoch. */
  deletionOf(key: LocalKmsKey): number | undefined
  scheduleDeletion(key: LocalKmsKey, at: number): void
}

const wrongUse = (key: LocalKmsKey, operation: string): AwsError =>
  new AwsError(
    'InvalidKeyUsageException',
    `${key.arn} key usage is ${key.keyUsage} which is not valid for ${operation}.`,
  )

/** @throws AwsError `InvalidKeyUsageException` */
export function demandUse(key: LocalKmsKey, usage: string, operation: string): void {
  if (key.keyUsage !== usage) throw wrongUse(key, operation)
}

/** @throws AwsError as KMS words it for a data key operation on a key of another kind */
export function demandSymmetric(key: LocalKmsKey, operation: string): void {
  demandUse(key, 'ENCRYPT_DECRYPT', operation)
  if (key.keySpec !== 'SYMMETRIC_DEFAULT') {
    throw validationError(
      `${key.arn} key spec is ${key.keySpec} which is not valid for ${operation}.`,
    )
  }
}

export type KeyFacts = Pick<LocalSystem, 'kmsKeys' | 'region' | 'accountId'>

function finder({ kmsKeys, region, accountId }: KeyFacts, { all }: MadeKeys): KeyRing['find'] {
  const arnPrefix = `arn:aws:kms:${region}:${accountId}:`
  return (name) => {
    const short = name.startsWith(arnPrefix) ? name.slice(arnPrefix.length) : name
    const key = [...kmsKeys, ...all()].find(
      (each) => short.replace(/^key\//, '') === each.keyId || each.aliases.includes(short),
    )
    if (key) return key
    const resource = /^(alias|key)\//.test(short) ? short : `key/${short}`
    const what = resource.startsWith('alias/') ? 'Alias' : 'Key'
    const end = what === 'Alias' ? 'is not found.' : 'does not exist'
    throw new AwsError('NotFoundException', `${what} '${arnPrefix}${resource}' ${end}`)
  }
}

export function createKeyRing(system: KeyFacts, dataDirectory?: string): KeyRing {
  const store = storeIn(dataDirectory)
  const madeKeys = createMadeKeys(system, dataDirectory)
  const made = new Map<string, Promise<Buffer>>()
  const material = (keyId: string, make: () => Promise<Buffer>): Promise<Buffer> => {
    const load = async () => {
      const kept = store.get(keyId)
      if (kept !== undefined) return Buffer.from(kept, 'base64')
      const fresh = await make()
      store.set(keyId, fresh.toString('base64'))
      return fresh
    }
    const found = made.get(keyId) ?? load()
    made.set(keyId, found)
    return found
  }
  return {
    find: finder(system, madeKeys),
    make: madeKeys.make,
    deletionOf: ({ keyId }) => madeKeys.deletionOf(keyId),
    scheduleDeletion: ({ keyId }, at) => madeKeys.scheduleDeletion(keyId, at),
    secret: ({ keyId }) => material(keyId, async () => randomBytes(32)),
    async privateKey({ keyId, keySpec }) {
      const make = async () =>
        (await generatePair(keySpec)).export({ format: 'der', type: 'pkcs8' })
      const der = await material(keyId, make)
      return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
    },
  }
}
