import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The tenants whose keys are in KMS, and that have twins with wrapped keys. */
const withTwins = ['acme', 'responses']

/** The tenant that is another one in all but where its signing keys are kept. */
export const twinOf = (tenant: string): string => `${tenant}-wrapped`

export const twin = twinOf('acme')

interface DeclaredTenant {
  readonly id: string
  readonly settings?: object
}

export interface TwinDocument {
  readonly file: string
  remove(): Promise<void>
}

/** Writes a document in which some of its tenants have twins. */
export async function writeTwinDocument(source: URL): Promise<TwinDocument> {
  const { tenants }: { tenants: readonly DeclaredTenant[] } = JSON.parse(
    await readFile(source, 'utf8'),
  )
  const twins = tenants
    .filter(({ id }) => withTwins.includes(id))
    .map((tenant) => ({
      ...tenant,
      id: twinOf(tenant.id),
      settings: { ...tenant.settings, signingCustody: 'kms-wrapped' },
    }))
  const directory = await mkdtemp(join(tmpdir(), 'sallyport-twin-'))
  const file = join(directory, 'configuration.json')
  await writeFile(file, JSON.stringify({ tenants: [...tenants, ...twins] }))
  return { file, remove: () => rm(directory, { recursive: true }) }
}
