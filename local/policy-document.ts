import { z } from 'zod'
import type { PolicyStatement, Selection } from './iam.ts'
import { type Condition, isKnownOperator } from './iam-conditions.ts'

const texts = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat())

const scalars = z
  .union([z.string(), z.boolean(), z.number(), z.array(z.union([z.string(), z.boolean()]))])
  .transform((value) => [value].flat().map(String))

const statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: texts.optional(),
  NotAction: texts.optional(),
  Resource: texts.optional(),
  NotResource: texts.optional(),
  Principal: z.union([z.literal('*'), z.record(z.string(), texts)]).optional(),
  Condition: z.record(z.string(), z.record(z.string(), scalars)).optional(),
})

/** The `Version` is demanded because the older one knows no policy variables. */
const document = z.strictObject({
  Version: z.literal('2012-10-17'),
  Id: z.string().optional(),
  Statement: z.union([statement, z.array(statement)]).transform((value) => [value].flat()),
})

type Statement = z.infer<typeof statement>

function selection(
  positive: readonly string[] | undefined,
  negative: readonly string[] | undefined,
): Selection {
  if ((positive === undefined) === (negative === undefined)) {
    throw new Error('A statement needs exactly one of each element and its Not form')
  }
  return { negated: negative !== undefined, patterns: positive ?? negative ?? [] }
}

function condition(name: string, key: string, values: readonly string[]): Condition {
  const [, quantifier, operator = '', ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(name) ?? []
  if (!isKnownOperator(operator)) throw new Error(`Unknown condition operator ${name}`)
  return {
    quantifier:
      quantifier === 'ForAllValues' || quantifier === 'ForAnyValue' ? quantifier : undefined,
    operator,
    ifExists: ifExists !== undefined,
    key: key.toLowerCase(),
    values,
  }
}

/** An account's number means its root; a service is no caller here and keeps its name. */
function principals(value: Statement['Principal']): readonly string[] | undefined {
  if (value === undefined || value === '*') return value && ['*']
  const accounts = (value['AWS'] ?? []).map((name) =>
    /^\d{12}$/.test(name) ? `arn:aws:iam::${name}:root` : name,
  )
  return [...accounts, ...(value['Service'] ?? [])]
}

function parseStatement(raw: Statement, id: string, inKeyPolicy: boolean): PolicyStatement {
  const named = principals(raw.Principal)
  if (inKeyPolicy !== (named !== undefined)) throw new Error(`${id}: Principal is out of place`)
  const conditions = Object.entries(raw.Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => condition(operator, key, values)),
  )
  return {
    id: raw.Sid ?? id,
    effect: raw.Effect,
    actions: selection(raw.Action, raw.NotAction),
    resources: selection(raw.Resource, raw.NotResource),
    conditions,
    ...(named && { principals: named }),
  }
}

/**
 * Reads a policy document; what the evaluator would not understand is refused, never skipped.
 *
 * @spec https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 * @param name stands in for a `Sid` that is missing
 */
export const parsePolicy = (raw: unknown, name: string): readonly PolicyStatement[] =>
  document
    .parse(raw)
    .Statement.map((each, index) => parseStatement(each, `${name}[${index}]`, false))

/** Reads a KMS key's own policy, whose statements name principals. */
export const parseKeyPolicy = (raw: unknown, name: string): readonly PolicyStatement[] =>
  document
    .parse(raw)
    .Statement.map((each, index) => parseStatement(each, `${name}[${index}]`, true))
