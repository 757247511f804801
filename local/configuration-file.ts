import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Configuration } from '#shared/configuration/document.ts'
import { parseConfiguration } from '#shared/configuration/parse-configuration.ts'
import { renderProblem } from '#shared/configuration/problem.ts'
import { StartError } from './options.ts'

export const demoConfigurationFile: string = fileURLToPath(
  new URL('./demo-configuration.json', import.meta.url),
)

/**
 * Reads a configuration document; `{origin}` in it stands for the address of this local cloud.
 *
 * @throws StartError that names the file, and the place in it, in one line
 */
export async function readConfigurationFile(file: string, origin: string): Promise<Configuration> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new StartError(`cannot read ${file}: ${reasonOf(error)}`)
  })
  const reading = parseConfiguration(text.replaceAll('{origin}', origin), { strictSecrets: false })
  if (reading.kind === 'refused') {
    throw new StartError(`${file}: ${reading.problems.map(renderProblem).join('; ')}`)
  }
  if (reading.configuration.tenants.length === 0) {
    throw new StartError(`${file}: $.tenants: must declare at least one tenant`)
  }
  return reading.configuration
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'it may not be read',
}

const reasonOf = ({ code = '', message }: NodeJS.ErrnoException): string => reasons[code] ?? message
