import { expect, test } from 'vitest'
import { endpoints } from '#infra/endpoints.ts'
import { leadingKeysOf, policyLengths, rolesOf, type Statement, statementsOf } from './policies.ts'
import { ofType, synthesize } from './synthesis.ts'

const { api } = synthesize()
const roles = rolesOf(api)
const names = Object.keys(endpoints)
const allowed = (name: string): readonly Statement[] => statementsOf(api, roles[name] ?? '')
const all = names.flatMap(allowed)

/** Names of the endpoints that may do the action on items under the pattern. */
const mayDo = (action: string, pattern: string): readonly string[] =>
  names.filter((name) =>
    allowed(name).some(
      (statement) =>
        statement.Action.includes(action) && leadingKeysOf(statement).includes(pattern),
    ),
  )

test('Every function has a role of its own, and there is no other role', () => {
  expect(Object.keys(roles).toSorted()).toEqual(names.toSorted())
  expect(Object.values(roles).toSorted()).toEqual(
    ofType(api, 'AWS::IAM::Role')
      .map(([id]) => id)
      .toSorted(),
  )
  expect(new Set(Object.values(roles)).size).toBe(names.length)
})

test('Only Lambda assumes the roles, and each attached policy is attached to one of them alone', () => {
  const arns = ofType(api, 'AWS::IAM::Role').flatMap(([, { Properties }]) =>
    [Properties['ManagedPolicyArns'] ?? []].flat().map((arn) => JSON.stringify(arn)),
  )
  expect(new Set(arns).size).toBe(arns.length)
  expect(arns.length).toBe(ofType(api, 'AWS::IAM::ManagedPolicy').length)
  for (const [, { Properties }] of ofType(api, 'AWS::IAM::Role')) {
    const { ManagedPolicyArns: _, ...others } = Properties
    expect(Object.keys(others).toSorted()).toEqual(['AssumeRolePolicyDocument', 'Policies'])
    expect(Properties['AssumeRolePolicyDocument']).toMatchObject({
      Statement: [{ Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
    })
  }
  expect(ofType(api, 'AWS::IAM::Policy')).toEqual([])
})

test('No action is a wildcard, and no resource holds one but keys that their tag tells, and senders', () => {
  for (const { Action, Resource, Condition } of all) {
    expect(Action.join()).not.toContain('*')
    const isTold = Condition['StringEquals']?.['aws:ResourceTag/sallyport:signing']?.[0] === 'true'
    // Tenants name whom their letters are from; SES sends for verified ones alone.
    const isLetter = Action.join() === 'ses:SendEmail'
    if (!isTold && !isLetter) expect(JSON.stringify(Resource)).not.toContain('*')
  }
})

test('The policies stay below what IAM allows: 10,240 characters in a role, ten attached ones of 6,144', () => {
  for (const name of names) {
    const { inline, attached } = policyLengths(api, roles[name] ?? '')
    expect(inline, name).toBeLessThan(10_240)
    expect(attached.length, name).toBeLessThanOrEqual(10)
    for (const length of attached) expect(length, name).toBeLessThan(6_144)
  }
})

/**
 * Least privilege, whatever a function is made to do.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6819#section-5.1.4.1.1
 */
test('Every access to the table is confined to named partition keys, and needs one', () => {
  const onTable = all.filter(({ Action }) =>
    Action.some((action) => action.startsWith('dynamodb:')),
  )
  expect(onTable.length).toBeGreaterThan(0)
  for (const statement of onTable) {
    expect(leadingKeysOf(statement)).toEqual([expect.stringMatching(/^[A-Z]+#(\*|[a-z]+)$/)])
    expect(statement.Condition['Null']).toEqual({ 'dynamodb:LeadingKeys': ['false'] })
  }
})

/**
 * There is no SQL in which anything could be injected.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6819#section-5.1.4.1.2
 */
test('No function may scan the table or speak PartiQL to it', () => {
  const actions = all.flatMap(({ Action }) => Action)
  expect(actions.filter((action) => /:(Scan|PartiQL)/i.test(action))).toEqual([])
})

test('No function may delete anything or make a key', () => {
  const actions = all.flatMap(({ Action }) => Action)
  expect(
    actions.filter((action) => /:(Delete|GenerateDataKey|Create(?!LogStream))/.test(action)),
  ).toEqual([])
})

test('Only the password page reads passwords', () => {
  expect(mayDo('dynamodb:GetItem', 'PASSWORD#*')).toEqual(['signin.password'])
})

test('Only who issues tokens opens refresh families, and only who rotates or revokes them changes them', () => {
  expect(mayDo('dynamodb:PutItem', 'FAMILY#*')).toEqual(['oauth2.authorize', 'oauth2.token'])
  expect(mayDo('dynamodb:UpdateItem', 'FAMILY#*')).toEqual(['oauth2.token', 'oauth2.revoke'])
})

test('Only who issues tokens, or answers with a JWT, signs', () => {
  expect(
    names.filter((name) => allowed(name).some(({ Action }) => Action.includes('kms:Sign'))),
  ).toEqual(['oauth2.authorize', 'oauth2.token', 'oauth2.userinfo', 'oauth2.introspect'])
})

test('Only the password page opens sessions', () => {
  expect(mayDo('dynamodb:PutItem', 'SESSION#*')).toEqual(['signin.password'])
})

test('Decryption is always of one named kind, and signing of a digest with a named algorithm', () => {
  for (const { Action, Condition } of all) {
    if (Action.includes('kms:Decrypt')) {
      expect(Condition['StringEquals']?.['kms:EncryptionContext:kind']).toHaveLength(1)
    }
    if (Action.includes('kms:Sign')) {
      const { 'kms:SigningAlgorithm': algorithms, 'kms:MessageType': types } =
        Condition['StringEquals'] ?? {}
      expect(algorithms).toHaveLength(4)
      expect(types).not.toContain('RAW')
    }
  }
})

test('Who may unwrap a sealing key may list it, and the other way round', () => {
  for (const name of names) {
    const sids = allowed(name).map(({ Sid }) => Sid)
    const kinds = (part: string) =>
      sids.flatMap((sid) => new RegExp(`^SealingKey(\\w+)${part}$`).exec(sid)?.[1] ?? [])
    expect(kinds('List')).toEqual(kinds('Unwrap'))
  }
})
