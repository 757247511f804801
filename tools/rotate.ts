import { parseArgs } from 'node:util'
import { type TenantId, trusted } from '#shared/kernel/ids.ts'
import { rotateDueKeys } from '#shared/keys/flows/rotate-due-keys.ts'
import { rotateKeys } from '#shared/keys/flows/rotate-keys.ts'
import { rotateSealingKeys } from '#shared/keys/flows/rotate-sealing-keys.ts'
import { type AwsAccess, type Deployment, findDeployment } from './deployment.ts'
import { localAccess } from './local-access.ts'

export interface RotateOptions {
  /** Begins a rotation of this tenant's signing keys. */
  readonly tenant?: string | undefined
  /** The one algorithm whose key is to be replaced; without it, every one is. */
  readonly algorithm?: string | undefined
  /** The `kid` of a key of the tenant that is to be trusted by nobody from now on. */
  readonly compromised?: string | undefined
  /** Lets the successor sign before everybody may know it. */
  readonly hasty?: boolean | undefined
  /** Begins a rotation of the deployment's sealing keys. */
  readonly sealing?: boolean | undefined
}

type Ports = Deployment['ports']

/** Rotates what is asked for, and what is due where nothing is; answers what has happened, in lines. */
export async function rotate(
  { tenant, sealing = false, ...wanted }: RotateOptions,
  aws: AwsAccess = {},
): Promise<readonly string[]> {
  const { ports } = await findDeployment(aws)
  const lines: string[] = []
  if (sealing) lines.push(...(await beginSealing(ports)))
  if (tenant !== undefined) lines.push(...(await beginSigning(ports, tenant, wanted)))
  if (lines.length > 0 || sealing || tenant !== undefined) return lines
  const { tenants, changes } = await rotateDueKeys(ports)()
  return [`${tenants} tenants were due, ${changes} keys have changed`]
}

async function beginSealing(ports: Ports): Promise<readonly string[]> {
  const changes = await rotateSealingKeys(ports)({ isDemanded: true })
  return changes.map(({ kind, id, activity }) => `${activity} ${kind} ${id}`)
}

async function beginSigning(
  ports: Ports,
  id: string,
  { algorithm, compromised, hasty }: Pick<RotateOptions, 'algorithm' | 'compromised' | 'hasty'>,
): Promise<readonly string[]> {
  const tenant = await ports.tenants.find(trusted<TenantId>(id))
  if (tenant === undefined) throw new BadInput(`there is no tenant ${id}`)
  const { signingAlgorithms } = tenant.settings
  const named = signingAlgorithms.filter((each) => algorithm === undefined || each === algorithm)
  if (named.length === 0) throw new BadInput(`${id} does not sign with ${algorithm}`)
  const demanded = compromised === undefined ? named : []
  const wish = { ...tenant.settings, demanded, compromised, isHasty: hasty }
  const changes = await rotateKeys(ports)(tenant.id, wish)
  const keys = await ports.signingKeys.list(tenant.id)
  const states = keys.map(
    ({ kid, algorithm: signs, state, custody }) => `${kid} is ${state} in ${custody} for ${signs}`,
  )
  return [...changes.map(({ activity, kid }) => `${activity} ${kid}`), ...states]
}

const helpText = `Rotates keys of the deployment in your AWS account and Region.

Usage: npm run rotate -- [--tenant ID [--algorithm ALG] [--hasty] | --tenant ID --compromised KID]
                         [--sealing] [--url URL]

Without a flag: does what is due, as the worker does every hour.
--tenant ID         publishes new signing keys, which sign once everybody can know them: in 2 hours and 6 minutes
--algorithm ALG     a new key for this algorithm only
--hasty             called again 11 minutes later, lets the new keys sign already; verifiers that keep keys for
                    longer than 5 minutes, such as API Gateway's, refuse good tokens until they look again
--compromised KID   replaces and retires that key of the tenant at once
--sealing           makes a new sealing key of every kind
--url URL           in the local cloud at that address

What to do when: docs/runbooks/keys.md
`

/** What is wrong with the call: exit code 2. */
class BadInput extends Error {}

const options = {
  tenant: { type: 'string' },
  algorithm: { type: 'string' },
  compromised: { type: 'string' },
  hasty: { type: 'boolean' },
  sealing: { type: 'boolean' },
  url: { type: 'string' },
  help: { type: 'boolean' },
} as const

/** A key id may begin with a hyphen, so it is joined to its flag lest it be taken for one. */
function withKidJoined(args: readonly string[]): string[] {
  const at = args.indexOf('--compromised')
  const kid = args[at + 1]
  if (at < 0 || kid === undefined) return [...args]
  return [...args.slice(0, at), `--compromised=${kid}`, ...args.slice(at + 2)]
}

function parseCommandLine(args: readonly string[]) {
  try {
    const { values } = parseArgs({ args: withKidJoined(args), options })
    if (values.tenant !== undefined || !(values.compromised || values.hasty)) return values
  } catch {
    throw new BadInput('unknown flag; npm run rotate -- --help tells them')
  }
  throw new BadInput(
    '--compromised and --hasty are for the keys of a tenant: --tenant ID is missing',
  )
}

async function main(args: readonly string[]): Promise<void> {
  const { help, url, ...wanted } = parseCommandLine(args)
  if (help) return console.log(helpText)
  const lines = await rotate(wanted, url === undefined ? {} : await localAccess(url))
  console.log(lines.join('\n') || 'nothing has changed')
}

if (import.meta.main) {
  await main(process.argv.slice(2)).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message || error.name : String(error))
    process.exitCode = error instanceof BadInput ? 2 : 1
  })
}
