import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { parseKeyPolicy } from '../policy-document.ts'
import type { LocalKmsKey, LocalSystem } from '../template.ts'
import { defaultKeyPolicy } from '../template-data.ts'

const madeKey = z.object({
  keyId: z.string(),
  keySpec: z.string(),
  keyUsage: z.string(),
  tags: z.record(z.string(), z.string()),
})

type MadeKey = Readonly<z.infer<typeof madeKey>>

const stored = z.object({
  keys: z.array(madeKey),
  /** Key id -> when KMS will delete it, in milliseconds since the epoch. */
  deletions: z.record(z.string(), z.number()),
})

type Stored = z.infer<typeof stored>

/** What came after the template: keys that were made through the API, and keys that are to be deleted. */
export interface MadeKeys {
  all(): readonly LocalKmsKey[]
  make(key: Omit<MadeKey, 'keyId'>): LocalKmsKey
  /** When the key will be deleted, in milliseconds since the epoch. */
  deletionOf(keyId: string): number | undefined
  scheduleDeletion(keyId: string, at: number): void
}

function fileIn(dataDirectory: string | undefined) {
  const file = dataDirectory && join(dataDirectory, 'kms-keys.json')
  return {
    read: (): Stored =>
      file && existsSync(file)
        ? stored.parse(JSON.parse(readFileSync(file, 'utf8')))
        : { keys: [], deletions: {} },
    write(content: Stored): void {
      if (!dataDirectory || !file) return
      mkdirSync(dataDirectory, { recursive: true, mode: 0o700 })
      writeFileSync(`${file}.new`, JSON.stringify(content), { mode: 0o600 })
      renameSync(`${file}.new`, file)
    },
  }
}

/** In memory, or in a file beside that of the keys' material. */
export function createMadeKeys(
  { region, accountId }: Pick<LocalSystem, 'region' | 'accountId'>,
  dataDirectory?: string,
): MadeKeys {
  const file = fileIn(dataDirectory)
  let content = file.read()
  const change = (next: Stored): void => {
    content = next
    file.write(next)
  }
  const localKey = (key: MadeKey): LocalKmsKey => {
    const arn = `arn:aws:kms:${region}:${accountId}:key/${key.keyId}`
    const policy = parseKeyPolicy(defaultKeyPolicy(arn), key.keyId)
    return { ...key, logicalId: key.keyId, arn, aliases: [], policy }
  }
  return {
    all: () => content.keys.map(localKey),
    make(facts) {
      const key = { keyId: randomUUID(), ...facts }
      change({ ...content, keys: [...content.keys, key] })
      return localKey(key)
    },
    deletionOf: (keyId) => content.deletions[keyId],
    scheduleDeletion: (keyId, at) =>
      change({ ...content, deletions: { ...content.deletions, [keyId]: at } }),
  }
}
