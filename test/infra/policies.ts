import { z } from 'zod'
import { ofType, type StackTemplate } from './synthesis.ts'

const texts = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat())

const statement = z.strictObject({
  Sid: z.string(),
  Effect: z.literal('Allow'),
  Action: texts,
  Resource: z.unknown(),
  Condition: z.record(z.string(), z.record(z.string(), texts)).default({}),
})

const policies = z.array(
  z.strictObject({
    PolicyName: z.string(),
    PolicyDocument: z.strictObject({
      Version: z.literal('2012-10-17'),
      Statement: z.array(statement),
    }),
  }),
)

const roleReference = z.looseObject({
  Description: z.string(),
  Role: z.strictObject({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) }),
})

export type Statement = z.infer<typeof statement>

/** Answers the logical id of each function's role by the endpoint's name. */
export const rolesOf = (api: StackTemplate): Readonly<Record<string, string>> =>
  Object.fromEntries(
    ofType(api, 'AWS::Lambda::Function').map(([, { Properties }]) => {
      const { Description, Role } = roleReference.parse(Properties)
      return [Description, Role['Fn::GetAtt'][0]]
    }),
  )

const attached = z.array(z.strictObject({ Ref: z.string() })).default([])

/** Answers the policies of a role, each as its statements: its own ones, and those attached to it. */
function policiesOf(api: StackTemplate, role: string): readonly (readonly Statement[])[] {
  const { Policies, ManagedPolicyArns } = api.Resources[role]?.Properties ?? {}
  const own = policies.parse(Policies)
  const others = attached.parse(ManagedPolicyArns).map(({ Ref }) => {
    const { PolicyDocument } = api.Resources[Ref]?.Properties ?? {}
    return { PolicyName: Ref, PolicyDocument }
  })
  return [...own, ...policies.parse(others)].map(({ PolicyDocument }) => PolicyDocument.Statement)
}

/** Of what IAM counts; no ARN of ours is longer than 120 characters. */
const lengthOf = (statements: readonly Statement[]): number =>
  JSON.stringify(statements.map((each) => ({ ...each, Resource: 'x'.repeat(120) }))).length

/** Answers how long the policies in the role itself are together, and how long each attached one is. */
export function policyLengths(api: StackTemplate, role: string) {
  const { Policies } = api.Resources[role]?.Properties ?? {}
  const lengths = policiesOf(api, role).map(lengthOf)
  const own = policies.parse(Policies).length
  const inline = lengths.slice(0, own).reduce((sum, length) => sum + length, 0)
  return { inline, attached: lengths.slice(own) }
}

/** Answers what a role is allowed. */
export const statementsOf = (api: StackTemplate, role: string): readonly Statement[] =>
  policiesOf(api, role).flat()

/** Answers the partition keys, as patterns, that a statement opens. */
export const leadingKeysOf = ({ Condition }: Statement): readonly string[] =>
  Condition['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'] ?? []
