import { signingTag, tenantTag } from '#shared/keys/key-tags.ts'
import { type SealingKind, sealingKinds } from '#shared/keys/sealing-key.ts'

/** The resources that a function may be allowed to use, by their ARNs. */
export interface ResourceArns {
  readonly table: string
  /** The table's stream. */
  readonly tableStream: string
  /** Every stream that the table has or had. */
  readonly tableStreams: string
  readonly wrappingKey: string
  /** Every KMS key: the tag of a key tells whether it signs tokens. */
  readonly kmsKeys: string
  /** Every address and domain that SES may send from: tenants name theirs. */
  readonly mailIdentities: string
  /** What stands for a resource that does not exist yet. */
  readonly anything: string
  /** The delivery stream to the audit lake. */
  readonly auditDelivery: string
  /** The queue of what could not be delivered. */
  readonly undelivered: string
  /** The queue of what clients are still to hear. */
  readonly noticeQueue: string
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

const items = (entity: string, ...actions: readonly TableAction[]): readonly Rule[] =>
  partOf('', entity, ...actions)

const partOf = (
  part: string,
  entity: string,
  ...actions: readonly TableAction[]
): readonly Rule[] => [
  {
    part,
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
  resource: 'kmsKeys',
  actions: ['kms:Sign'],
  conditions: {
    StringEquals: {
      [`aws:ResourceTag/${signingTag}`]: 'true',
      'kms:MessageType': ['DIGEST', 'EXTERNAL_MU'],
      'kms:SigningAlgorithm': [
        'RSASSA_PKCS1_V1_5_SHA_256',
        'RSASSA_PSS_SHA_256',
        'ECDSA_SHA_256',
        'ML_DSA_SHAKE_256',
      ],
    },
  },
}

/** Makes keys that leave KMS only encrypted, and only of the kinds that are named. */
const generating = (part: string, action: string, kinds: string | readonly string[]): Rule => ({
  part,
  resource: 'wrappingKey',
  actions: [action],
  conditions: { StringEquals: { 'kms:EncryptionContext:kind': kinds } },
})

/** A KMS key may be made for signing alone, and tagged so that it is known for what it is. */
const making: readonly Rule[] = [
  {
    part: 'Make',
    resource: 'anything',
    actions: ['kms:CreateKey'],
    conditions: {
      StringEquals: {
        [`aws:RequestTag/${signingTag}`]: 'true',
        'kms:KeySpec': ['RSA_2048', 'ECC_NIST_P256', 'ML_DSA_44'],
        'kms:KeyUsage': 'SIGN_VERIFY',
      },
    },
  },
  {
    part: 'Tag',
    resource: 'kmsKeys',
    actions: ['kms:TagResource'],
    conditions: { StringEquals: { [`aws:RequestTag/${signingTag}`]: 'true' } },
  },
]

/** Only what a rotation has made, and never faster than anybody could call it back. */
const discarding: Rule = {
  part: 'Discard',
  resource: 'kmsKeys',
  actions: ['kms:ScheduleKeyDeletion'],
  conditions: {
    StringEquals: { [`aws:ResourceTag/${signingTag}`]: 'true' },
    StringLike: { [`aws:ResourceTag/${tenantTag}`]: '*' },
    NumericEquals: { 'kms:ScheduleKeyDeletionPendingWindowInDays': '30' },
  },
}

const plain = (resource: keyof ResourceArns, part: string, ...actions: string[]): Rule => ({
  part,
  resource,
  actions,
  conditions: {},
})

const rules = {
  'tenants:read': items('TENANT', 'GetItem'),
  'clients:read': items('CLIENT', 'GetItem'),
  'clients:register': items('CLIENT', 'PutItem'),
  'initial-tokens:read': items('INITIALTOKEN', 'GetItem'),
  'initial-tokens:use': items('INITIALTOKEN', 'UpdateItem'),
  'resource-servers:read': items('RESOURCE', 'GetItem'),
  'trusted-issuers:read': items('TRUSTEDISSUER', 'GetItem'),
  'users:read': items('USER', 'GetItem'),
  'user-names:read': items('USERNAME', 'GetItem'),
  'passwords:read': items('PASSWORD', 'GetItem'),
  'failed-passwords:count': items('FAILEDPASSWORD', 'BatchGetItem', 'UpdateItem'),
  'devices:read': items('DEVICE', 'GetItem'),
  'devices:open': items('DEVICE', 'PutItem'),
  'devices:poll': items('DEVICE', 'UpdateItem'),
  'devices:answer': items('DEVICE', 'UpdateItem'),
  'backchannel:read': items('BACKCHANNEL', 'GetItem'),
  'backchannel:list': items('BACKCHANNEL', 'Query'),
  'backchannel:open': items('BACKCHANNEL', 'PutItem'),
  'backchannel:poll': items('BACKCHANNEL', 'UpdateItem'),
  'backchannel:answer': items('BACKCHANNEL', 'UpdateItem'),
  'attempts:count': items('ATTEMPT', 'BatchGetItem', 'UpdateItem'),
  'memberships:read': items('MEMBERSHIP', 'Query'),
  'sessions:read': items('SESSION', 'GetItem'),
  'sessions:open': items('SESSION', 'PutItem'),
  'sessions:end': items('SESSION', 'UpdateItem'),
  'sessions:renew': items('SESSION', 'UpdateItem'),
  'long-codes:keep': items('LONGCODE', 'PutItem'),
  'long-codes:read': items('LONGCODE', 'GetItem'),
  'pushed-requests:push': items('PUSHEDREQUEST', 'PutItem'),
  'pushed-requests:read': items('PUSHEDREQUEST', 'GetItem'),
  'pushed-requests:use': items('PUSHEDREQUEST', 'UpdateItem'),
  'consents:read': items('CONSENT', 'GetItem'),
  'consents:grant': items('CONSENT', 'UpdateItem'),
  'families:read': items('FAMILY', 'GetItem'),
  'families:list': items('FAMILY', 'Query'),
  'families:open': items('FAMILY', 'PutItem'),
  'families:rotate': items('FAMILY', 'UpdateItem'),
  'families:revoke': items('FAMILY', 'UpdateItem'),
  'client-assertions:use': items('ASSERTION', 'PutItem'),
  'proofs:use': items('PROOF', 'PutItem'),
  'revoked-tokens:read': items('REVOKEDTOKEN', 'GetItem'),
  'revoked-tokens:add': items('REVOKEDTOKEN', 'PutItem'),
  'outbox:put': items('OUTBOX', 'PutItem'),
  'signing-keys:read': items('SIGNINGKEY', 'Query'),
  'signing-key:sign': [signing],
  'signing-key:unwrap': [unwrapping('', 'signing')],
  'signing-keys:rotate': [
    ...partOf('Keys', 'SIGNINGKEY', 'PutItem', 'UpdateItem'),
    ...partOf('Marker', 'KMSKEY', 'PutItem'),
    ...partOf('Due', 'ROTATION', 'Query', 'PutItem'),
    generating('Generate', 'kms:GenerateDataKeyPairWithoutPlaintext', 'signing'),
    // The seed of a key of which KMS makes no wrapped pairs.
    generating('Draw', 'kms:GenerateDataKey', 'signing'),
    ...making,
    // The tags of a new key may take minutes to count, and a public key is no secret.
    plain('kmsKeys', 'Read', 'kms:GetPublicKey'),
    discarding,
  ],
  'sealing-keys:rotate': [
    ...partOf('Keys', 'SEALINGKEY', 'Query', 'PutItem', 'UpdateItem'),
    generating('Generate', 'kms:GenerateDataKeyWithoutPlaintext', sealingKinds),
  ],
  'sealing-key:code': sealingKey('code'),
  'sealing-key:interaction': sealingKey('interaction'),
  'sealing-key:refresh': sealingKey('refresh'),
  'sealing-key:handle': sealingKey('handle'),
  'sealing-key:pairwise': sealingKey('pairwise'),
  'sealing-key:access': sealingKey('access'),
  'sealing-key:nonce': sealingKey('nonce'),
  'table-stream:read': [
    plain(
      'tableStream',
      '',
      'dynamodb:DescribeStream',
      'dynamodb:GetRecords',
      'dynamodb:GetShardIterator',
    ),
    plain('tableStreams', 'List', 'dynamodb:ListStreams'),
  ],
  'audit-log:deliver': [plain('auditDelivery', '', 'firehose:PutRecordBatch')],
  'mail:send': [plain('mailIdentities', '', 'ses:SendEmail')],
  'undelivered:send': [plain('undelivered', '', 'sqs:SendMessage')],
  'notice-queue:send': [plain('noticeQueue', '', 'sqs:SendMessage')],
  'notice-queue:receive': [
    plain(
      'noticeQueue',
      '',
      'sqs:ReceiveMessage',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:ChangeMessageVisibility',
    ),
  ],
} as const satisfies Record<string, readonly Rule[]>

/** What a function may be allowed; the endpoint table speaks only in these words. */
export type AccessWord = keyof typeof rules

export const accessWords = Object.keys(rules) as readonly AccessWord[]

/**
 * Answers the IAM statements behind a word.
 *
 * @param arns those that the stack of the function knows
 */
export function allowancesOf(word: AccessWord, arns: Partial<ResourceArns>): readonly Allowance[] {
  return rules[word].map((rule) => ({
    sid: `${pascalCase(word)}${rule.part}`,
    actions: [...rule.actions],
    resources: [known(arns, rule.resource)],
    conditions: rule.conditions,
  }))
}

function known(arns: Partial<ResourceArns>, resource: keyof ResourceArns): string {
  const arn = arns[resource]
  if (arn === undefined) throw new Error(`The stack of the function does not know ${resource}`)
  return arn
}

/** A Sid holds letters and digits only. */
const pascalCase = (word: string): string =>
  word.replace(/(?:^|[^a-z])([a-z])/g, (_, letter: string) => letter.toUpperCase())
