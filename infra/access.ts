import type { SealingKind } from '#shared/keys/sealing-key.ts'

/** The resources that a function may be allowed to use, by their ARNs. */
export interface ResourceArns {
  readonly table: string
  readonly wrappingKey: string
  readonly signingKey: string
}

type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>

/** One IAM statement; `sid` begins with the access word, so that usage can be counted by word. */
export interface Allowance {
  readonly sid: string
  readonly actions: string[]
  readonly resources: string[]
  readonly conditions: Conditions
}

interface Rule {
  /** Tells the statements of one word apart; empty where there is only one. */
  readonly part: string
  readonly resource: keyof ResourceArns
  readonly actions: readonly string[]
  readonly conditions: Conditions
}

/**
 * Confines table actions to partition keys of the given form.
 *
 * `ForAllValues` is also true when a request names no key at all; the `Null` condition refuses that.
 */
const leadingKeys = (form: string): Conditions => ({
  'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [form] },
  Null: { 'dynamodb:LeadingKeys': 'false' },
})

type TableAction = 'GetItem' | 'BatchGetItem' | 'Query' | 'PutItem' | 'UpdateItem'

const items = (entity: string, ...actions: readonly TableAction[]): readonly Rule[] => [
  {
    part: '',
    resource: 'table',
    actions: actions.map((action) => `dynamodb:${action}`),
    conditions: leadingKeys(`${entity}#*`),
  },
]

const unwrapping = (part: string, kind: string): Rule => ({
  part,
  resource: 'wrappingKey',
  actions: ['kms:Decrypt'],
  conditions: { StringEquals: { 'kms:EncryptionContext:kind': kind } },
})

const sealingKey = (kind: SealingKind): readonly Rule[] => [
  {
    part: 'List',
    resource: 'table',
    actions: ['dynamodb:Query'],
    conditions: leadingKeys(`SEALINGKEY#${kind}`),
  },
  unwrapping('Unwrap', kind),
]

const signing: Rule = {
  part: '',
  resource: 'signingKey',
  actions: ['kms:Sign'],
  conditions: {
    StringEquals: {
      'kms:MessageType': 'DIGEST',
      'kms:SigningAlgorithm': 'RSASSA_PKCS1_V1_5_SHA_256',
    },
  },
}

const rules = {
  'tenants:read': items('TENANT', 'GetItem'),
  'clients:read': items('CLIENT', 'GetItem'),
  'users:read': items('USER', 'GetItem'),
  'user-names:read': items('USERNAME', 'GetItem'),
  'passwords:read': items('PASSWORD', 'GetItem'),
  'failed-passwords:count': items('FAILEDPASSWORD', 'BatchGetItem', 'UpdateItem'),
  'memberships:read': items('MEMBERSHIP', 'Query'),
  'sessions:read': items('SESSION', 'GetItem'),
  'sessions:open': items('SESSION', 'PutItem'),
  'sessions:end': items('SESSION', 'UpdateItem'),
  'consents:read': items('CONSENT', 'GetItem'),
  'consents:grant': items('CONSENT', 'UpdateItem'),
  'families:read': items('FAMILY', 'GetItem'),
  'families:open': items('FAMILY', 'PutItem'),
  'families:rotate': items('FAMILY', 'UpdateItem'),
  'families:revoke': items('FAMILY', 'UpdateItem'),
  'client-assertions:use': items('ASSERTION', 'PutItem'),
  'outbox:put': items('OUTBOX', 'PutItem'),
  'signing-keys:read': items('SIGNINGKEY', 'Query'),
  'signing-key:sign': [signing],
  'signing-key:unwrap': [unwrapping('', 'signing')],
  'sealing-key:code': sealingKey('code'),
  'sealing-key:interaction': sealingKey('interaction'),
  'sealing-key:refresh': sealingKey('refresh'),
  'sealing-key:handle': sealingKey('handle'),
} as const satisfies Record<string, readonly Rule[]>

/** What a function may be allowed; the endpoint table speaks only in these words. */
export type AccessWord = keyof typeof rules

export const accessWords = Object.keys(rules) as readonly AccessWord[]

/** Answers the IAM statements behind a word. */
export function allowancesOf(word: AccessWord, arns: ResourceArns): readonly Allowance[] {
  return rules[word].map((rule) => ({
    sid: `${pascalCase(word)}${rule.part}`,
    actions: [...rule.actions],
    resources: [arns[rule.resource]],
    conditions: rule.conditions,
  }))
}

/** A Sid holds letters and digits only. */
const pascalCase = (word: string): string =>
  word.replace(/(?:^|[^a-z])([a-z])/g, (_, letter: string) => letter.toUpperCase())
