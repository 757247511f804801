import { type Decision, decide, decideForKey, matchesAction, type PolicyStatement } from './iam.ts'
import { requestContext } from './iam-conditions.ts'
import { AwsError, type LocalService, type Question } from './services/service.ts'
import type { LocalFunction, LocalSystem, Principal } from './template.ts'

/** One decision of IAM. */
export interface AwsCall {
  /** Milliseconds since the epoch. */
  readonly at: number
  /** Name of an endpoint, or `operator`. */
  readonly caller: string
  readonly service: string
  /** As policies name it, such as `dynamodb:GetItem`. */
  readonly action: string
  readonly resource: string
  readonly allowed: boolean
  /** The first statement that allowed, or the one that denied. */
  readonly statement?: string
}

/** How often one action of one statement let its function through; zero, too, is an answer. */
export interface Usage {
  readonly caller: string
  readonly statement: string
  /** As the statement has it, wildcards included. */
  readonly action: string
  readonly allowed: number
}

export interface Authorization {
  /** @throws AwsError `AccessDeniedException`, in AWS's words, for the first question that is answered no */
  demand(caller: Principal, service: string, questions: readonly Question[]): void
  /** Records what the operator does, who may do everything. */
  waive(service: string, questions: readonly Question[]): void
  usage(): readonly Usage[]
  /** The newest last; only so many are kept. */
  readonly calls: readonly AwsCall[]
}

/** More than all of the project's tests make. */
export const keptCalls = 100_000

const globalKeys = [
  'aws:PrincipalAccount',
  'aws:PrincipalArn',
  'aws:RequestedRegion',
  'aws:SecureTransport',
]

const covers = (pattern: string, key: string): boolean => {
  const known = pattern.toLowerCase()
  return known.endsWith('*') ? key.startsWith(known.slice(0, -1)) : key === known
}

/** Functions, and the services that act in the name of a role. */
export const principalsOf = ({ functions, deliveryStreams }: LocalSystem): readonly Principal[] => [
  ...functions,
  ...deliveryStreams.map(({ principal }) => principal),
]

/** Only a service that is served here has keys that could be missing. */
function refuseUnknownKeys(
  statements: readonly PolicyStatement[],
  services: readonly LocalService[],
): void {
  const known = [...globalKeys, ...services.flatMap(({ conditionKeys }) => conditionKeys)]
  for (const { id, conditions } of statements) {
    const unknown = conditions.find(({ key }) => !known.some((pattern) => covers(pattern, key)))
    if (unknown) throw new Error(`${id}: the local cloud does not know ${unknown.key}`)
  }
}

const reasons = {
  'explicit-deny': () => 'with an explicit deny in a policy',
  'no-identity-policy': (action: string) =>
    `because no identity-based policy allows the ${action} action`,
  'no-resource-policy': (action: string) =>
    `because no resource-based policy allows the ${action} action`,
} as const

/** @spec https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
function accessDenied(
  { accountId, roleArns }: LocalSystem,
  { name, role }: Principal,
  { action, resource }: Question,
  reason: keyof typeof reasons,
): AwsError {
  const roleName = roleArns[role]?.replace(/^.*\//, '') ?? role
  const user = `arn:aws:sts::${accountId}:assumed-role/${roleName}/${name}`
  return new AwsError(
    'AccessDeniedException',
    `User: ${user} is not authorized to perform: ${action} on resource: ${resource} ${reasons[reason](action)}`,
  )
}

/** Counts per function, statement and action, every pair of which is known before the first call. */
function createCounter(functions: readonly LocalFunction[]) {
  const rows = functions.flatMap(({ name, statements }) =>
    statements
      .filter(({ effect }) => effect === 'Allow')
      .flatMap(({ id, actions }) =>
        actions.patterns.map((action) => ({ caller: name, statement: id, action, allowed: 0 })),
      ),
  )
  return {
    count(caller: string, statements: readonly PolicyStatement[], action: string): void {
      const ids = statements.map(({ id }) => id)
      for (const row of rows) {
        const isUsed = row.caller === caller && ids.includes(row.statement)
        if (isUsed && matchesAction(action, row.action)) row.allowed += 1
      }
    },
    rows: (): readonly Usage[] => rows.map((row) => ({ ...row })),
  }
}

function decisionOn(system: LocalSystem, caller: Principal, question: Question): Decision {
  const principal = system.roleArns[caller.role] ?? ''
  const context = requestContext({
    'aws:PrincipalAccount': system.accountId,
    'aws:PrincipalArn': principal,
    'aws:RequestedRegion': system.region,
    'aws:SecureTransport': 'true',
    ...question.context,
  })
  const request = { principal, action: question.action, resource: question.resource, context }
  return question.keyPolicy
    ? decideForKey(request, caller.statements, question.keyPolicy)
    : decide(request, caller.statements)
}

const callOf = (
  caller: string,
  service: string,
  { action, resource }: Question,
  allowed: boolean,
  statement?: PolicyStatement,
): AwsCall => ({
  at: Date.now(),
  caller,
  service,
  action,
  resource,
  allowed,
  ...(statement && { statement: statement.id }),
})

function createRecord(onCall: (call: AwsCall) => void) {
  const calls: AwsCall[] = []
  const add = (...facts: Parameters<typeof callOf>): void => {
    const call = callOf(...facts)
    calls.push(call)
    calls.splice(0, calls.length - keptCalls)
    onCall(call)
  }
  return { calls, add }
}

/**
 * IAM for the functions of a system, each with its own role's policies.
 *
 * @throws Error for a policy with a condition key that no service here supplies: it would silently never hold
 */
export function createAuthorization(
  system: LocalSystem,
  services: readonly LocalService[],
  onCall: (call: AwsCall) => void,
): Authorization {
  const ofRoles = principalsOf(system).flatMap(({ statements }) => statements)
  const ofKeys = system.kmsKeys.flatMap(({ policy }) => policy)
  refuseUnknownKeys([...ofRoles, ...ofKeys], services)
  const counter = createCounter(system.functions)
  const record = createRecord(onCall)
  return {
    calls: record.calls,
    usage: counter.rows,
    demand(caller, service, questions) {
      for (const question of questions) {
        const decision = decisionOn(system, caller, question)
        if (!decision.allowed) {
          record.add(caller.name, service, question, false, decision.statement)
          throw accessDenied(system, caller, question, decision.reason)
        }
        counter.count(caller.name, decision.statements, question.action)
        if (question.implied) continue
        record.add(caller.name, service, question, true, decision.statements[0])
      }
    },
    waive(service, questions) {
      for (const question of questions.filter(({ implied }) => !implied)) {
        record.add('operator', service, question, true)
      }
    },
  }
}
