import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { loadSystem } from './template.ts'

const assembly = fileURLToPath(new URL('./fixtures/assembly', import.meta.url))
const load = (directory = assembly) => loadSystem(directory, { origin: 'http://localhost:9000' })

test('template: a function comes with its asset, environment, role and policies', () => {
  const [reader, writer] = load().functions
  expect(reader).toMatchObject({
    name: 'reader',
    logicalId: 'Reader',
    assetPath: join(assembly, 'asset.reader'),
    handler: 'index.handler',
    role: 'ReaderRole',
    memoryMiB: 512,
    timeoutSeconds: 10,
  })
  expect(reader?.environment['TABLE_NAME']).toBe('Fixture-Data-Table')
  expect(reader?.statements.map(({ id }) => id)).toEqual([
    'TenantsRead',
    'KeysUnwrap',
    'TokensSign',
    'LedgerRead',
    'PrivateKeyUse',
    'AWSLambdaBasicExecutionRole[0]',
  ])
  expect(writer?.statements.at(-1)).toMatchObject({ id: 'RootProtect', effect: 'Deny' })
})

test('template: each function has an access key id of its own, the same on every start', () => {
  const ids = load().functions.map(({ accessKeyId }) => accessKeyId)
  expect(new Set(ids).size).toBe(2)
  expect(load().functions.map(({ accessKeyId }) => accessKeyId)).toEqual(ids)
})

test('template: a route leads through integration, alias and version to its function', () => {
  expect(load().routes).toEqual([
    { method: 'GET', path: '/{tenant}/things', functionName: 'reader' },
    { method: 'POST', path: '/{tenant}/things', functionName: 'writer' },
    { method: '$default', path: '$default', functionName: 'reader' },
  ])
})

test('template: the secret that the edge adds is the one in the environment, and new on every start', () => {
  const { edgeHeaders, functions } = load()
  expect(edgeHeaders).toEqual({ 'x-origin-secret': functions[0]?.environment['ORIGIN_SECRET'] })
  expect(edgeHeaders['x-origin-secret']).toMatch(/^[0-9a-f]{48}$/)
  expect(load().edgeHeaders).not.toEqual(edgeHeaders)
})

test('template: the issuer is where the local gateway is, whatever the distribution', () => {
  const { parameters } = load()
  expect(parameters['/sallyport/issuer-origin']).toBe('http://localhost:9000')
  expect(parameters['/fixture/table-name']).toBe('Fixture-Data-Table')
  expect(parameters['/fixture/endpoint']).toMatch(/\.execute-api\.us-east-1\.amazonaws\.com$/)
})

test('template: a global table is its replica at home', () => {
  const { tables, kmsKeys } = load()
  expect(tables[0]).toMatchObject({
    name: 'Fixture-Data-Table',
    ttlAttribute: 'expiresAt',
    streamViewType: 'NEW_AND_OLD_IMAGES',
    deletionProtection: true,
    kmsKeyArn: kmsKeys.find(({ logicalId }) => logicalId === 'TableKey')?.arn,
  })
  expect(tables[1]).toMatchObject({ name: 'ledger', ttlAttribute: undefined })
})

test('template: a KMS key has its kind, its aliases and its own policy', () => {
  const find = (id: string) => load().kmsKeys.find(({ logicalId }) => logicalId === id)
  expect(find('WrappingKey')).toMatchObject({
    keyId: expect.stringMatching(/^mrk-[0-9a-f]{32}$/),
    keySpec: 'SYMMETRIC_DEFAULT',
    aliases: ['alias/fixture-wrapping'],
  })
  expect(find('SigningKey')).toMatchObject({ keySpec: 'RSA_2048', keyUsage: 'SIGN_VERIFY' })
  expect(find('TableKey')?.policy[1]).toMatchObject({ id: 'UseThroughDynamoDb', principals: ['*'] })
})

/** Loads the fixture with one text of a file replaced. */
async function loadChanged(file: string, from: string, to: string): Promise<unknown> {
  const copy = await mkdtemp(join(tmpdir(), 'sallyport-assembly-'))
  await cp(assembly, copy, { recursive: true })
  const text = await readFile(join(copy, file), 'utf8')
  expect(text).toContain(from)
  await writeFile(join(copy, file), text.replace(from, to))
  try {
    return load(copy)
  } finally {
    await rm(copy, { recursive: true })
  }
}

test.each([
  ['a policy', 'api', '"ForAllValues:StringLike"', '"IpAddress"', 'IpAddress'],
  ['a managed policy', 'api', 'AWSLambdaBasicExecutionRole', 'Admin', 'unknown managed policy'],
  [
    'a description twice',
    'api',
    '"Description": "writer"',
    '"Description": "reader"',
    'Reader has the same Description',
  ],
  ['a lost asset', 'api', '1111.zip', '3333.zip', 'Reader: its role or its asset is missing'],
  ['a route to nowhere', 'api', '"integrations/"', '"authorizers/"', 'leads to no function'],
  ['a lost parameter', 'data', '/fixture/table-name', '/x', 'no stack declares this SSM parameter'],
  ['a wrong shape', 'data', '"HASH"', '"HUSH"', 'Fixture-Data.Resources.Table'],
])('template: %s is an error with its place', async (_what, file, from, to, message) => {
  await expect(loadChanged(`${file}.template.json`, from, to)).rejects.toThrow(message)
})

test('template: account and Region that the assembly names are taken', async () => {
  const system = await loadChanged(
    'manifest.json',
    'aws://unknown-account/unknown-region',
    'aws://123456789012/eu-central-1',
  )
  expect(system).toMatchObject({ accountId: '123456789012', region: 'eu-central-1' })
})
