/** A parsed event pattern: whether an event matches. */
export type EventPattern = (event: unknown) => boolean

/** One of these stands for the value at a place; `undefined` is a value that is not there. */
type Rule = (value: unknown) => boolean

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isText = (value: unknown): value is string => typeof value === 'string'

const byKeyword: Readonly<Record<string, (argument: unknown) => Rule>> = {
  exists: (argument) => (value) => (value !== undefined) === argument,
  prefix: (argument) => (value) => isText(value) && value.startsWith(String(argument)),
  suffix: (argument) => (value) => isText(value) && value.endsWith(String(argument)),
  'anything-but': (argument) => (value) =>
    value !== undefined && !(Array.isArray(argument) ? argument : [argument]).includes(value),
  'equals-ignore-case': (argument) => (value) =>
    isText(value) && value.toLowerCase() === String(argument).toLowerCase(),
}

function parseRule(rule: unknown): Rule {
  if (!isRecord(rule)) return (value) => value === rule
  const [[keyword, argument] = ['', undefined], ...others] = Object.entries(rule)
  const make = Object.hasOwn(byKeyword, keyword) ? byKeyword[keyword] : undefined
  if (make && others.length === 0) return make(argument)
  throw new Error(`the local cloud does not know ${keyword} in an event pattern`)
}

/** A list in an event matches when one of its members does. */
const anyOf = (rules: readonly Rule[]): Rule => {
  return (value) =>
    rules.some((rule) => (Array.isArray(value) ? value.some((each) => rule(each)) : rule(value)))
}

function parseNode(pattern: unknown): Rule {
  if (Array.isArray(pattern)) return anyOf(pattern.map(parseRule))
  if (!isRecord(pattern)) throw new Error('an event pattern has lists for its leaves')
  const members = Object.entries(pattern).map(([name, node]) => [name, parseNode(node)] as const)
  return (value) =>
    members.every(([name, matches]) => matches(isRecord(value) ? value[name] : undefined))
}

/**
 * Reads an event pattern as filter criteria and rules have them.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html#filtering-syntax
 * @throws Error for a keyword that is not known here, so that none is silently ignored
 */
export function parseEventPattern(text: string): EventPattern {
  const pattern: unknown = JSON.parse(text)
  if (!isRecord(pattern)) throw new Error('an event pattern is a JSON object')
  return parseNode(pattern)
}
