import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import {
  type Application,
  applyConfiguration,
} from '#shared/configuration/flows/apply-configuration.ts'
import { parseConfiguration } from '#shared/configuration/parse-configuration.ts'
import { renderProblem } from '#shared/configuration/problem.ts'
import { renderReport } from '#shared/configuration/report.ts'
import { type AwsAccess, findDeployment } from './deployment.ts'

export interface ApplyOptions {
  /** How AWS is reached; the standard chain finds what is left out. */
  readonly aws?: AwsAccess
  /** True to refuse a `client_secret` that cannot hold 256 random bits. */
  readonly strictSecrets: boolean
}

/** Applies the text of a configuration document to the deployment that the AWS access leads to. */
export async function applyDocument(
  text: string,
  { aws = {}, strictSecrets }: ApplyOptions,
): Promise<Application> {
  const reading = parseConfiguration(text, { strictSecrets })
  if (reading.kind === 'refused') return reading
  const { ports, issuerOrigin } = await findDeployment(aws)
  return applyConfiguration(ports, issuerOrigin)(reading.configuration)
}

const helpText = `Applies a configuration document to the deployment in your AWS account and Region.

Usage: npm run apply -- FILE

Creates and updates, never deletes; a second time changes nothing. Credentials, Region and endpoint
come from where every AWS tool takes them. The format: docs/configuration.md
`

/** What is wrong with the call or the document: exit code 2. */
class BadInput extends Error {}

function documentIn(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new BadInput(`${file} cannot be read: ${error instanceof Error ? error.message : error}`)
  }
}

function parseCommandLine(args: readonly string[]): { readonly file: string } | 'help' {
  try {
    const options = { help: { type: 'boolean' } } as const
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    if (values.help) return 'help'
    const [file, ...more] = positionals
    if (file !== undefined && more.length === 0) return { file }
  } catch {
    throw new BadInput('unknown flag; usage: npm run apply -- FILE')
  }
  throw new BadInput('one file is to be named; usage: npm run apply -- FILE')
}

async function main(args: readonly string[]): Promise<void> {
  const command = parseCommandLine(args)
  if (command === 'help') {
    console.log(helpText)
    return
  }
  const application = await applyDocument(documentIn(command.file), { strictSecrets: true })
  if (application.kind === 'refused') {
    const problems = application.problems.map(renderProblem)
    throw new BadInput([`${command.file} was refused, nothing is applied:`, ...problems].join('\n'))
  }
  console.log(renderReport(application.report))
}

if (import.meta.main) {
  await main(process.argv.slice(2)).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message || error.name : String(error))
    process.exitCode = error instanceof BadInput ? 2 : 1
  })
}
