import { Stack, Validations } from 'aws-cdk-lib'
import type { IConstruct } from 'constructs'

/** The findings of cdk-nag that we live with, each with its reason; any other one fails the tests. */
const reasons = {
  'AwsSolutions-APIG4':
    'These are the public endpoints of the protocols: anyone may ask, and each function authenticates its caller as its specification says.',
  'AwsSolutions-CFR1':
    'Where people may sign in from is for the operator to decide: a web ACL can be attached by its ARN.',
  'AwsSolutions-CFR2':
    'A web ACL costs at least $5 a month idle and lives in us-east-1: the operator attaches one by its ARN.',
  'AwsSolutions-CFR3':
    'The access logs of CloudFront always hold the query string, in which codes and hints travel; the HTTP API logs the same requests without it.',
  'AwsSolutions-CFR4':
    'Without a domain of its own the distribution has the certificate of CloudFront, with which no TLS version can be chosen.',
  'AwsSolutions-IAM5':
    'Objects of the log are named by their day, log streams by Lambda, and streams of the table by their moment; KMS keys that sign are made by rotations, and told by their tag; who letters are from is a setting of each tenant: no statement can name them.',
  'AwsSolutions-S1':
    'Who asks the lake is in CloudTrail, by query; server access logs are delivered as it happens, and tell less.',
  'AwsSolutions-SMG4':
    'CloudFront and the functions must change the secret together, which takes a deployment: see docs/decisions/0013.',
  'AwsSolutions-SQS3': 'This is itself the queue of what nobody could handle.',
} as const

type AcceptedRule = keyof typeof reasons

export const acceptedRules: readonly string[] = Object.keys(reasons)

/** Accepts a finding for this construct alone. */
export function acceptFinding(construct: IConstruct, rule: AcceptedRule): void {
  Validations.of(construct).acknowledge({ id: rule, reason: reasons[rule] })
}

/** Accepts that statements of this construct allow something on all resources under an ARN. */
export function acceptWildcard(construct: IConstruct, arn: string): void {
  const id = `AwsSolutions-IAM5[Resource::${flatten(Stack.of(construct).resolve(arn))}]`
  Validations.of(construct).acknowledge({ id, reason: reasons['AwsSolutions-IAM5'] })
}

/** Writes an ARN as cdk-nag does: what CloudFormation fills in stands in angle brackets. */
function flatten(value: unknown): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(flatten).join('')
  const [[name, argument] = []] = Object.entries(value ?? {})
  if (name === 'Fn::Join') return flatten(argument[1])
  return `<${[argument].flat().join('.')}>`
}
