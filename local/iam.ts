import { type Condition, holds, matchesPattern, type RequestContext } from './iam-conditions.ts'

/** `Action` or `NotAction`, `Resource` or `NotResource`. */
export interface Selection {
  readonly negated: boolean
  readonly patterns: readonly string[]
}

/** One statement of a policy, parsed; `id` is its `Sid`, or its place in the policy. */
export interface PolicyStatement {
  readonly id: string
  readonly effect: 'Allow' | 'Deny'
  readonly actions: Selection
  readonly resources: Selection
  readonly conditions: readonly Condition[]
  /** Only in a resource's own policy: ARNs of roles or account roots, or `*`. */
  readonly principals?: readonly string[]
}

export interface AccessRequest {
  /** ARN of the calling role. */
  readonly principal: string
  readonly action: string
  readonly resource: string
  readonly context: RequestContext
}

export type Refusal = 'explicit-deny' | 'no-identity-policy' | 'no-resource-policy'

/** All statements that allow are named, so that none of several alike looks unused. */
export type Decision =
  | { readonly allowed: true; readonly statements: readonly PolicyStatement[] }
  | { readonly allowed: false; readonly reason: Refusal; readonly statement?: PolicyStatement }

const noContext: RequestContext = new Map()

/** Action names ignore case, and policy variables do not exist in them. */
export const matchesAction = (action: string, pattern: string): boolean =>
  matchesPattern(action, pattern, noContext, 'is')

const selects = (selection: Selection, matches: (pattern: string) => boolean): boolean =>
  selection.patterns.some(matches) !== selection.negated

/** Whether a statement speaks of the request at all, whatever its effect. */
const applies = (statement: PolicyStatement, request: AccessRequest): boolean =>
  selects(statement.actions, (pattern) => matchesAction(request.action, pattern)) &&
  selects(statement.resources, (pattern) =>
    matchesPattern(request.resource, pattern, request.context),
  ) &&
  statement.conditions.every((condition) => holds(condition, request.context))

const rootOf = (principal: string): string => `arn:aws:iam::${principal.split(':')[4] ?? ''}:root`

/** A deny of the account's root is a deny of everybody in it; an allow of it only delegates to IAM. */
function namesCaller(statement: PolicyStatement, principal: string): boolean {
  const named = statement.principals ?? []
  if (named.includes('*') || named.includes(principal)) return true
  return statement.effect === 'Deny' && named.includes(rootOf(principal))
}

function conclude(statements: readonly PolicyStatement[], otherwise: Refusal): Decision {
  const denial = statements.find((statement) => statement.effect === 'Deny')
  if (denial) return { allowed: false, reason: 'explicit-deny', statement: denial }
  return statements.length > 0
    ? { allowed: true, statements }
    : { allowed: false, reason: otherwise }
}

/**
 * Decides as IAM does within one account: an explicit deny wins, then any allow, then the implicit deny.
 *
 * @spec https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export const decide = (request: AccessRequest, identity: readonly PolicyStatement[]): Decision =>
  conclude(
    identity.filter((statement) => applies(statement, request)),
    'no-identity-policy',
  )

/**
 * Decides for a KMS key: IAM policies count only where the key's own policy lets the account's root in.
 *
 * @spec https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export function decideForKey(
  request: AccessRequest,
  identity: readonly PolicyStatement[],
  keyPolicy: readonly PolicyStatement[],
): Decision {
  const relevant = keyPolicy.filter((statement) => applies(statement, request))
  const byKey = conclude(
    relevant.filter((statement) => namesCaller(statement, request.principal)),
    'no-resource-policy',
  )
  const byIdentity = decide(request, identity)
  const denied = [byIdentity, byKey].find(isExplicitDeny)
  if (denied || byKey.allowed) return denied ?? byKey
  const delegates = relevant.some((statement) =>
    statement.principals?.includes(rootOf(request.principal)),
  )
  return delegates ? byIdentity : byKey
}

const isExplicitDeny = (decision: Decision): boolean =>
  !decision.allowed && decision.reason === 'explicit-deny'
