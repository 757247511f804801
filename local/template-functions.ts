import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { PolicyStatement } from './iam.ts'
import { parsePolicy } from './policy-document.ts'
import { type Declared, ofType } from './template-resources.ts'
import { TemplateError } from './template-world.ts'

/** Who calls AWS: a function, or a service in the name of a role. */
export interface Principal {
  /** Of a function the endpoint's name, which the template carries as its `Description`. */
  readonly name: string
  /** Logical id of the role. */
  readonly role: string
  /** By this the AWS endpoint knows the caller. */
  readonly accessKeyId: string
  /** All identity policies of the role. */
  readonly statements: readonly PolicyStatement[]
}

export interface LocalFunction extends Principal {
  readonly logicalId: string
  /** Absolute path of the folder that would be uploaded. */
  readonly assetPath: string
  readonly handler: string
  readonly environment: Readonly<Record<string, string>>
  readonly memoryMiB: number
  readonly timeoutSeconds: number
}

const functionSchema = z.object({
  Description: z.string(),
  Code: z.object({ S3Key: z.string() }),
  Handler: z.string(),
  Environment: z.object({ Variables: z.record(z.string(), z.string()) }).optional(),
  Role: z.string(),
  MemorySize: z.coerce.number().default(128),
  Timeout: z.coerce.number().default(3),
})

const policy = z.object({ PolicyName: z.string(), PolicyDocument: z.unknown() })

const roleSchema = z.object({
  Policies: z.array(policy).default([]),
  ManagedPolicyArns: z.array(z.string()).default([]),
})

const attachedSchema = z.object({
  PolicyDocument: z.unknown(),
  Roles: z.array(z.string()).default([]),
})

const managedByAws: Readonly<Record<string, unknown>> = {
  'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole': {
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: '*',
    },
  },
}

function managedPolicy(all: readonly Declared[], role: Declared, arn: string) {
  const own = ofType(all, 'AWS::IAM::ManagedPolicy').find((each) => each.ref() === arn)
  const document = own ? own.read(attachedSchema).PolicyDocument : managedByAws[arn]
  if (document === undefined) throw new TemplateError(role.path, `unknown managed policy ${arn}`)
  return parsePolicy(document, own?.logicalId ?? arn.replace(/^.*\//, ''))
}

/** Inline policies, policies attached by another resource, and managed ones. */
function statementsOf(all: readonly Declared[], role: Declared): readonly PolicyStatement[] {
  const { Policies, ManagedPolicyArns } = role.read(roleSchema)
  const attached = ofType(all, 'AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy')
    .map((each) => ({ id: each.logicalId, ...each.read(attachedSchema) }))
    .filter(({ Roles }) => Roles.includes(role.ref()))
  return [
    ...Policies.flatMap((each) => parsePolicy(each.PolicyDocument, each.PolicyName)),
    ...attached.flatMap((each) => parsePolicy(each.PolicyDocument, each.id)),
    ...ManagedPolicyArns.flatMap((arn) => managedPolicy(all, role, arn)),
  ]
}

/** Stable over restarts, and of the form that the SDKs expect. */
const accessKeyId = (path: string): string =>
  `AKIA${createHash('sha256').update(path).digest('hex').slice(0, 16).toUpperCase()}`

/** ARN of every role, by its logical id. */
export const readRoleArns = (all: readonly Declared[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    ofType(all, 'AWS::IAM::Role').map((role) => [role.logicalId, role.attribute('Arn')]),
  )

/** A service that acts in the name of a role, such as a delivery stream. */
export function principalOf(
  all: readonly Declared[],
  service: Declared,
  roleArn: string,
): Principal {
  const role = ofType(all, 'AWS::IAM::Role').find((each) => each.attribute('Arn') === roleArn)
  if (!role) throw new TemplateError(service.path, `no stack declares the role ${roleArn}`)
  return {
    name: service.ref(),
    role: role.logicalId,
    accessKeyId: accessKeyId(service.path),
    statements: statementsOf(all, role),
  }
}

/** @param assets object key of an asset -> the folder it is made of */
export function readFunctions(
  all: readonly Declared[],
  assets: ReadonlyMap<string, string>,
): readonly LocalFunction[] {
  const roles = ofType(all, 'AWS::IAM::Role')
  const functions = ofType(all, 'AWS::Lambda::Function').map((each): LocalFunction => {
    const properties = each.read(functionSchema)
    const role = roles.find((candidate) => candidate.attribute('Arn') === properties.Role)
    const assetPath = assets.get(properties.Code.S3Key)
    if (!role || !assetPath) throw new TemplateError(each.path, 'its role or its asset is missing')
    return {
      name: properties.Description,
      logicalId: each.logicalId,
      assetPath,
      handler: properties.Handler,
      environment: properties.Environment?.Variables ?? {},
      role: role.logicalId,
      accessKeyId: accessKeyId(each.path),
      memoryMiB: properties.MemorySize,
      timeoutSeconds: properties.Timeout,
      statements: statementsOf(all, role),
    }
  })
  refuseSameNames(functions)
  return functions
}

function refuseSameNames(functions: readonly LocalFunction[]): void {
  for (const { name, logicalId } of functions) {
    const first = functions.find((each) => each.name === name)
    if (first?.logicalId !== logicalId) {
      throw new TemplateError(logicalId, `${first?.logicalId} has the same Description, ${name}`)
    }
  }
}
