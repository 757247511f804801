import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readConfigurationFile } from './configuration-file.ts'
import { StartError } from './options.ts'

const folder = await mkdtemp(join(tmpdir(), 'sallyport-configuration-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

const origin = 'http://localhost:9000'

async function read(document: unknown) {
  const file = join(folder, 'configuration.json')
  await writeFile(file, typeof document === 'string' ? document : JSON.stringify(document))
  return readConfigurationFile(file, origin)
}

test('{origin} stands for the address of the local cloud', async () => {
  const redirectUri = '{origin}/_local/app/callback'
  const clients = [
    { client_id: 'a', token_endpoint_auth_method: 'none', redirect_uris: [redirectUri] },
  ]
  const { tenants } = await read({ tenants: [{ id: 'acme', displayName: 'Acme', clients }] })
  expect(tenants[0]?.clients[0]?.redirect_uris).toEqual([`${origin}/_local/app/callback`])
})

test.each([
  ['what is not JSON', '{"tenants": [', /configuration\.json: \$: .*JSON/],
  ['an unknown key', { tenants: [], users: [] }, /\$\.users|users/],
  ['a bad value', { tenants: [{ id: 'A', displayName: 'x' }] }, /\$\.tenants\[0\]\.id/],
  ['no tenant at all', { tenants: [] }, /at least one tenant/],
])('%s is refused in one line with its path', async (_, document, message) => {
  await expect(read(document)).rejects.toThrow(StartError)
  await expect(read(document)).rejects.toThrow(message)
  await expect(read(document)).rejects.not.toThrow(/\n/)
})

test('a file that is not there is refused by name', async () => {
  const file = join(folder, 'absent.json')
  await expect(readConfigurationFile(file, origin)).rejects.toThrow(
    `cannot read ${file}: there is no such file`,
  )
  await expect(readConfigurationFile(folder, origin)).rejects.toThrow('it is a folder')
})
