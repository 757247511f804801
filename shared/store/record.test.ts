import { readdir } from 'node:fs/promises'
import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import { expect, test } from 'vitest'
import { backchannelRecord } from './backchannel-requests.ts'
import { clientAssertionRecord } from './client-assertions.ts'
import { clientRecord } from './clients.ts'
import { consentRecord } from './consents.ts'
import { counterRecord } from './counters.ts'
import { deviceRecord } from './device-authorizations.ts'
import recordsV1 from './fixtures/records-v1.json' with { type: 'json' }
import { groupNameRecord, groupRecord, membershipRecord } from './groups.ts'
import { initialAccessTokenRecord } from './initial-access-tokens.ts'
import { longCodeRecord } from './long-codes.ts'
import { passwordRecord } from './passwords.ts'
import { pushedRequestRecord } from './pushed-requests.ts'
import { defineRecord, type RecordCodec, UnreadableRecord } from './record.ts'
import { familyRecord } from './refresh-families.ts'
import { resourceServerRecord } from './resource-servers.ts'
import { revokedTokenRecord } from './revoked-tokens.ts'
import { sealingKeyRecord } from './sealing-keys.ts'
import { sessionRecord } from './sessions.ts'
import { kmsKeyTakenRecord, rotationRecord, signingKeyRecord } from './signing-keys.ts'
import type { Item } from './table.ts'
import { tenantRecord } from './tenants.ts'
import { trustedIssuerRecord } from './trusted-issuers.ts'
import { usedProofRecord } from './used-proofs.ts'
import { userNameRecord, userRecord } from './users.ts'

const codecs: Readonly<Record<keyof typeof recordsV1, RecordCodec<unknown>>> = {
  tenant: tenantRecord,
  client: clientRecord,
  user: userRecord,
  userName: userNameRecord,
  password: passwordRecord,
  group: groupRecord,
  groupName: groupNameRecord,
  membership: membershipRecord,
  session: sessionRecord,
  family: familyRecord,
  consent: consentRecord,
  failureCounter: counterRecord,
  clientAssertion: clientAssertionRecord,
  device: deviceRecord,
  backchannelRequest: backchannelRecord,
  usedProof: usedProofRecord,
  signingKey: signingKeyRecord,
  signingKeyInKms: signingKeyRecord,
  kmsKeyTaken: kmsKeyTakenRecord,
  sealingKey: sealingKeyRecord,
  initialAccessToken: initialAccessTokenRecord,
  longCode: longCodeRecord,
  pushedRequest: pushedRequestRecord,
  resourceServer: resourceServerRecord,
  revokedToken: revokedTokenRecord,
  rotation: rotationRecord,
  trustedIssuer: trustedIssuerRecord,
}

/** A fixture as the document client would answer it; in JSON, bytes are base64. */
function stored(name: keyof typeof recordsV1): Item {
  const item = structuredClone<Record<string, unknown>>(recordsV1[name])
  for (const value of Object.values(item) as { B?: unknown }[]) {
    if (typeof value.B === 'string') value.B = Uint8Array.from(Buffer.from(value.B, 'base64'))
  }
  return unmarshall(item as Record<string, AttributeValue>)
}

const names = Object.keys(codecs) as (keyof typeof recordsV1)[]

test.each(names)('a %s stored in version 1 is read whole', (name) => {
  const item = stored(name)
  const { v, ...fields } = item
  expect(v).toBe(1)
  expect(codecs[name].read({ ...item, pk: 'X#acme', sk: '#', event: {} })).toEqual(fields)
  expect(codecs[name].write(fields)).toEqual(item)
})

test.each(names)('a %s of a version that this code does not know is refused', (name) => {
  expect(() => codecs[name].read({ ...stored(name), v: 2 })).toThrow('version 2 is unknown')
  expect(() => codecs[name].read({ ...stored(name), v: 0 })).toThrow(UnreadableRecord)
})

test('every record has a fixture', async () => {
  const files = await readdir(import.meta.dirname)
  const sources = files.filter((file) => /^[a-z-]+\.ts$/.test(file) && file !== 'record.ts')
  const modules = await Promise.all(
    sources.map((file): Promise<object> => import(/* @vite-ignore */ `./${file}`)),
  )
  const records = modules.flatMap((module) =>
    Object.entries(module).filter(([name]) => name.endsWith('Record')),
  )
  const covered = new Set<unknown>(Object.values(codecs))
  expect(records.filter(([, record]) => !covered.has(record)).map(([name]) => name)).toEqual([])
})

interface Note {
  readonly text: string
  readonly tags?: readonly string[]
}

const noteRecord = defineRecord<Note>({
  name: 'note',
  version: 2,
  fields: { text: 'text', tags: 'list?' },
  readPrevious: ({ words }) => ({ text: String(words) }),
})

test('during a rollout the previous version is read too, and none before it', () => {
  expect(noteRecord.read({ v: 1, words: 'old' })).toEqual({ text: 'old' })
  expect(noteRecord.read({ v: 2, text: 'new', tags: ['a'] })).toEqual({ text: 'new', tags: ['a'] })
  expect(() => noteRecord.read({ v: 0, words: 'older' })).toThrow(UnreadableRecord)
})

test('a damaged item is refused by the name of its field', () => {
  expect(() => noteRecord.read({ v: 2 })).toThrow('cannot read a stored note: text is not a text')
  expect(() => noteRecord.read({ v: 2, text: 'new', tags: 'a' })).toThrow('tags is not a list?')
})

test('only declared fields are written', () => {
  const note: Note & { secret: string } = { text: 'new', secret: 'kept out' }
  expect(noteRecord.write(note)).toEqual({ v: 2, text: 'new' })
})
