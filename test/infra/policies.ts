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

/** Answers what a role is allowed. */
export const statementsOf = (api: StackTemplate, role: string): readonly Statement[] =>
  policies
    .parse(api.Resources[role]?.Properties['Policies'])
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)

/** Answers the partition keys, as patterns, that a statement opens. */
export const leadingKeysOf = ({ Condition }: Statement): readonly string[] =>
  Condition['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'] ?? []
