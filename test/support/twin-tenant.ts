import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The tenant that is `acme` in all but where its signing key is kept. */
export const twin = 'acme-wrapped'

export interface TwinDocument {
  readonly file: string
  remove(): Promise<void>
}

/** Writes a document in which its first tenant, whose key is in KMS, has a twin with a wrapped key. */
export async function writeTwinDocument(source: URL): Promise<TwinDocument> {
  const { tenants } = JSON.parse(await readFile(source, 'utf8'))
  const settings = { ...tenants[0].settings, signingCustody: 'kms-wrapped' }
  const directory = await mkdtemp(join(tmpdir(), 'sallyport-twin-'))
  const file = join(directory, 'configuration.json')
  await writeFile(
    file,
    JSON.stringify({ tenants: [...tenants, { ...tenants[0], id: twin, settings }] }),
  )
  return { file, remove: () => rm(directory, { recursive: true }) }
}
