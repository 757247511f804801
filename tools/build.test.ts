import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildEntries } from './build.ts'

const root = await mkdtemp(join(tmpdir(), 'sallyport-build-'))
const target = join(root, 'build')
afterAll(() => rm(root, { recursive: true }))

const sources = {
  'hash.ts': `
    import { createHash } from 'node:crypto'
    export function hashOf(text: string): string {
      return createHash('sha256').update(text).digest('hex')
    }`,
  'a.ts': `
    import { hashOf } from './hash.ts'
    export const handler = async () => [hashOf('a'), hashOf.name, typeof (await import('node:http')).get]`,
  'b.ts': `
    import fs from 'node:fs'
    import { hashOf } from './hash.ts'
    export const handler = async () => [hashOf('b'), typeof fs.readFileSync]`,
  'c.ts': 'export const handler = async () => []',
  'token.ts': `
    import { hashOf } from './hash.ts'
    export const handler = async () => [hashOf('token')]`,
}

const entries = {
  'area.a': { entry: 'a.ts' },
  'area.b': { entry: 'b.ts' },
  c: { entry: 'c.ts' },
  'oauth2.token': { entry: 'token.ts' },
}

beforeAll(async () => {
  for (const [name, source] of Object.entries(sources)) await writeFile(join(root, name), source)
  await mkdir(join(target, 'left-over'), { recursive: true })
  await buildEntries(entries, { root, target })
})

/** Answers the texts of an endpoint's files by their names. */
async function filesOf(name: string): Promise<ReadonlyMap<string, string>> {
  const names = await readdir(join(target, name))
  const texts = names.map((file) => readFile(join(target, name, file), 'utf8'))
  return new Map((await Promise.all(texts)).map((text, index) => [names[index] ?? '', text]))
}

const load = (name: string) => import(pathToFileURL(join(target, name, 'index.mjs')).href)

test('Every endpoint gets a folder of its own, and nothing of an earlier build stays', async () => {
  expect((await readdir(target)).sort()).toEqual(['area.a', 'area.b', 'c', 'oauth2.token'])
})

test.each(['area.a', 'area.b', 'c'])(
  'A folder holds the entry and exactly the chunks that it reaches: %s',
  async (name) => {
    const files = await filesOf(name)
    const imported = [...files.values()].flatMap((text) =>
      [...text.matchAll(/["']\.\/([^"']+)["']/g)].map(([, file]) => file),
    )
    expect(new Set(['index.mjs', ...imported])).toEqual(new Set(files.keys()))
  },
)

test('What two entries share is one chunk, which a third one does not get', async () => {
  const holder = async (name: string) =>
    [...(await filesOf(name))].find(([, text]) => text.includes('sha256'))?.[0]
  expect(await holder('area.a')).toMatch(/^chunk-/)
  expect(await holder('area.b')).toBe(await holder('area.a'))
  expect(await holder('c')).toBeUndefined()
})

test('What everybody waits for shares nothing, and is one file', async () => {
  expect([...(await filesOf('oauth2.token')).keys()]).toEqual(['index.mjs'])
})

test('A built function runs, with names of functions and the modules of Node', async () => {
  const a = await load('area.a')
  expect(await a.handler()).toEqual([expect.stringMatching(/^ca978112/), 'hashOf', 'function'])
  const b = await load('area.b')
  expect(await b.handler()).toEqual([expect.stringMatching(/^3e23e816/), 'function'])
})

test('No module of Node is imported statically: that builds a facade which reads its every getter', async () => {
  for (const name of ['area.a', 'area.b', 'c']) {
    for (const text of (await filesOf(name)).values()) {
      expect(text).not.toMatch(/(?:from|import)\s*["'](?!\.\/)/)
    }
  }
})

test('A second build touches no file that stays the same, and removes those that go', async () => {
  const file = join(target, 'c/index.mjs')
  const { mtimeMs } = await stat(file)
  await writeFile(join(target, 'c/chunk-OLD.mjs'), '')
  await buildEntries(entries, { root, target })
  expect((await stat(file)).mtimeMs).toBe(mtimeMs)
  expect([...(await filesOf('c')).keys()]).not.toContain('chunk-OLD.mjs')
})

test('Entries that do not exist are all named, and nothing is built', async () => {
  const absent = { 'x.y': { entry: 'nowhere.ts' }, z: { entry: 'neither.ts' } }
  await expect(buildEntries(absent, { root, target: join(root, 'other') })).rejects.toThrow(
    'Entries do not exist:\n  x.y: nowhere.ts\n  z: neither.ts',
  )
  await expect(readdir(join(root, 'other'))).rejects.toThrow('ENOENT')
})
