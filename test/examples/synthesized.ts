import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from './example.ts'

export interface Resource {
  readonly Type: string
  readonly Properties: Readonly<Record<string, unknown>>
}

/** Runs an example that is a CDK app, and answers the resources of its template. */
export async function synthesized(
  file: string,
  environment: Readonly<Record<string, string>>,
): Promise<readonly Resource[]> {
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-example-'))
  const { code, stderr } = await run(file, { CDK_OUTDIR: folder, ...environment }).ended
  if (code !== 0) throw new Error(stderr)
  const name = (await readdir(folder)).find((each) => each.endsWith('.template.json')) ?? ''
  const { Resources } = JSON.parse(await readFile(join(folder, name), 'utf8'))
  await rm(folder, { recursive: true })
  return Object.values(Resources)
}

/** The properties of the one resource of a type. */
export function only(
  resources: readonly Resource[],
  type: string,
): Readonly<Record<string, unknown>> {
  const [found, ...more] = resources.filter(({ Type }) => Type === type)
  if (!found || more.length > 0) throw new Error(`there is not one ${type}`)
  return found.Properties
}
