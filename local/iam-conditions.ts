/** What a request carries besides action and resource; keys in lower case, since IAM ignores their case. */
export type RequestContext = ReadonlyMap<string, readonly string[]>

/** One `Condition` entry of a statement: every one of a statement's conditions must hold. */
export interface Condition {
  readonly quantifier: 'ForAllValues' | 'ForAnyValue' | undefined
  readonly operator: string
  readonly ifExists: boolean
  readonly key: string
  readonly values: readonly string[]
}

interface Operator {
  /** A negated operator holds when no value of the policy matches. */
  readonly negated: boolean
  readonly matches: (presented: string, wanted: string, context: RequestContext) => boolean
}

type Matcher = Operator['matches']

/**
 * The request's context from plain values; an empty list counts as an absent key.
 *
 * @spec https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export function requestContext(
  values: Readonly<Record<string, string | readonly string[] | undefined>>,
): RequestContext {
  const entries = Object.entries(values).map(
    ([key, value]) => [key.toLowerCase(), value === undefined ? [] : [value].flat()] as const,
  )
  return new Map(entries.filter(([, value]) => value.length > 0))
}

const escapeRegExp = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')

/**
 * The text that a policy variable such as `${aws:PrincipalAccount}` stands for, or `undefined`.
 *
 * @spec https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
function variable(expression: string, context: RequestContext): string | undefined {
  if (['*', '?', '$'].includes(expression)) return expression
  const [, name = '', fallback] = /^([^,]*)(?:,\s*'(.*)')?$/.exec(expression) ?? []
  const values = context.get(name.trim().toLowerCase())
  return values?.length === 1 ? values[0] : fallback
}

/** Replaces what stands between the variables by `literal` and the variables' values by `value`. */
function substitute(
  pattern: string,
  context: RequestContext,
  literal: (text: string) => string,
  value: (text: string) => string,
): string | undefined {
  const parts = pattern.split(/\$\{([^}]*)\}/)
  const replaced = parts.map((part, index) => {
    if (index % 2 === 0) return literal(part)
    const found = variable(part, context)
    return found === undefined ? undefined : value(found)
  })
  return replaced.includes(undefined) ? undefined : replaced.join('')
}

const wildcards = (text: string): string =>
  escapeRegExp(text).replaceAll('\\*', '.*').replaceAll('\\?', '.')

const compiled = new Map<string, RegExp>()

function patternOf(source: string, flags: string): RegExp {
  const key = `${flags}:${source}`
  const known = compiled.get(key) ?? new RegExp(`^${source}$`, flags)
  compiled.set(key, known)
  return known
}

/** Matches `*` and `?`; a wildcard that came in through a variable's value is only a character. */
export function matchesPattern(
  presented: string,
  pattern: string,
  context: RequestContext,
  flags = 's',
): boolean {
  const source = substitute(pattern, context, wildcards, escapeRegExp)
  return source !== undefined && patternOf(source, flags).test(presented)
}

const equals: Matcher = (presented, wanted, context) =>
  substitute(wanted, context, String, String) === presented

const equalsIgnoringCase: Matcher = (presented, wanted, context) =>
  substitute(wanted, context, String, String)?.toLowerCase() === presented.toLowerCase()

/** The six parts of an ARN; the last keeps its colons. */
const arnParts = (arn: string): readonly string[] => {
  const parts = arn.split(':')
  return [...parts.slice(0, 5), parts.slice(5).join(':')]
}

/** Compares part by part, so that a wildcard never reaches over a colon of the first five. */
const arnLike: Matcher = (presented, wanted, context) => {
  const parts = arnParts(presented)
  return arnParts(wanted).every((part, index) => matchesPattern(parts[index] ?? '', part, context))
}

const numeric =
  (compare: (presented: number, wanted: number) => boolean): Matcher =>
  (presented, wanted) =>
    compare(Number(presented), Number(wanted))

const when = (matches: Matcher): Operator => ({ negated: false, matches })
const unless = (matches: Matcher): Operator => ({ negated: true, matches })

/** @spec https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const operators: Readonly<Record<string, Operator>> = {
  StringEquals: when(equals),
  StringNotEquals: unless(equals),
  StringEqualsIgnoreCase: when(equalsIgnoringCase),
  StringNotEqualsIgnoreCase: unless(equalsIgnoringCase),
  StringLike: when(matchesPattern),
  StringNotLike: unless(matchesPattern),
  ArnEquals: when(arnLike),
  ArnNotEquals: unless(arnLike),
  ArnLike: when(arnLike),
  ArnNotLike: unless(arnLike),
  Bool: when((presented, wanted) => presented.toLowerCase() === wanted.toLowerCase()),
  NumericEquals: when(numeric((a, b) => a === b)),
  NumericNotEquals: unless(numeric((a, b) => a === b)),
  NumericLessThan: when(numeric((a, b) => a < b)),
  NumericLessThanEquals: when(numeric((a, b) => a <= b)),
  NumericGreaterThan: when(numeric((a, b) => a > b)),
  NumericGreaterThanEquals: when(numeric((a, b) => a >= b)),
}

export const isKnownOperator = (name: string): boolean =>
  name === 'Null' || Object.hasOwn(operators, name)

/** `ForAllValues` of nothing holds: a statement that relies on it needs a `Null` condition beside it. */
function holdsWhenAbsent(condition: Condition, negated: boolean): boolean {
  if (condition.ifExists || condition.quantifier === 'ForAllValues') return true
  return condition.quantifier === undefined && negated
}

/** @spec https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html */
export function holds(condition: Condition, context: RequestContext): boolean {
  const presented = context.get(condition.key)
  if (condition.operator === 'Null') {
    return condition.values.some((value) => (value === 'true') === (presented === undefined))
  }
  const operator = operators[condition.operator]
  if (operator === undefined) throw new Error(`Unknown condition operator ${condition.operator}`)
  const { matches, negated } = operator
  if (presented === undefined) return holdsWhenAbsent(condition, negated)
  const one = (value: string) =>
    condition.values.some((wanted) => matches(value, wanted, context)) !== negated
  const all = condition.quantifier === 'ForAllValues' || (!condition.quantifier && negated)
  return all ? presented.every(one) : presented.some(one)
}
