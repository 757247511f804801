// biome-ignore-all lint/suspicious/noTemplateCurlyInString: IAM writes its variables so
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Decision, decide, decideForKey, type PolicyStatement } from './iam.ts'
import { requestContext } from './iam-conditions.ts'
import { parseKeyPolicy, parsePolicy } from './policy-document.ts'

const role = 'arn:aws:iam::111111111111:role/reader'
const table = 'arn:aws:dynamodb:us-east-1:111111111111:table/t'

const policy = (...statements: readonly object[]): readonly PolicyStatement[] =>
  parsePolicy({ Version: '2012-10-17', Statement: statements }, 'policy')

const keyPolicy = (...statements: readonly object[]): readonly PolicyStatement[] =>
  parseKeyPolicy({ Version: '2012-10-17', Statement: statements }, 'key')

const request = (action: string, resource = table, context = {}) => ({
  principal: role,
  action,
  resource,
  context: requestContext(context),
})

const outcomeOf = (decision: Decision): string => (decision.allowed ? 'allowed' : decision.reason)

const ask = (
  statements: readonly PolicyStatement[],
  ...about: Parameters<typeof request>
): string => outcomeOf(decide(request(...about), statements))

const allow = { Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: table }

test('IAM evaluation: what no statement allows is denied', () => {
  expect(ask([], 'dynamodb:GetItem')).toBe('no-identity-policy')
  expect(ask(policy(allow), 'dynamodb:PutItem')).toBe('no-identity-policy')
  expect(ask(policy(allow), 'dynamodb:GetItem', `${table}2`)).toBe('no-identity-policy')
  expect(ask(policy(allow), 'dynamodb:GetItem')).toBe('allowed')
})

test('IAM evaluation: an explicit deny wins, wherever it stands', () => {
  const deny = { Effect: 'Deny', Action: 'dynamodb:*', Resource: '*' }
  expect(ask(policy(allow, deny), 'dynamodb:GetItem')).toBe('explicit-deny')
  expect(ask(policy(deny, allow), 'dynamodb:GetItem')).toBe('explicit-deny')
})

test('IAM evaluation: every statement that allows is named, by Sid or by place', () => {
  const decision = decide(
    request('dynamodb:GetItem'),
    policy({ ...allow, Sid: 'First' }, { ...allow, Action: 'dynamodb:PutItem' }, allow),
  )
  expect(decision).toMatchObject({
    allowed: true,
    statements: [{ id: 'First' }, { id: 'policy[2]' }],
  })
})

test('IAM Action: names ignore case, and wildcards stand for any characters', () => {
  const actions = (...Action: string[]) => policy({ ...allow, Action })
  expect(ask(actions('DynamoDB:getitem'), 'dynamodb:GetItem')).toBe('allowed')
  expect(ask(actions('dynamodb:Get*', 'x:y'), 'dynamodb:GetItem')).toBe('allowed')
  expect(ask(actions('dynamodb:?etItem'), 'dynamodb:GetItem')).toBe('allowed')
  expect(ask(actions('dynamodb:Get'), 'dynamodb:GetItem')).toBe('no-identity-policy')
  expect(ask(actions('*'), 'dynamodb:GetItem')).toBe('allowed')
})

test('IAM NotAction and NotResource: everything but what is listed', () => {
  const notAction = policy({ Effect: 'Allow', NotAction: 'dynamodb:Delete*', Resource: '*' })
  expect(ask(notAction, 'dynamodb:GetItem')).toBe('allowed')
  expect(ask(notAction, 'dynamodb:DeleteItem')).toBe('no-identity-policy')
  const notResource = policy({ Effect: 'Deny', Action: '*', NotResource: `${table}*` }, allow)
  expect(ask(notResource, 'dynamodb:GetItem')).toBe('allowed')
  expect(ask(notResource, 'dynamodb:GetItem', 'arn:other')).toBe('explicit-deny')
})

test('IAM Resource: names keep their case, and a dot is only a dot', () => {
  expect(ask(policy(allow), 'dynamodb:GetItem', table.toUpperCase())).toBe('no-identity-policy')
  const dotted = policy({ ...allow, Resource: 'arn:a.c' })
  expect(ask(dotted, 'dynamodb:GetItem', 'arn:abc')).toBe('no-identity-policy')
})

test('IAM policy variables: a value is compared literally, and a missing one matches nothing', () => {
  const home = policy({ ...allow, Resource: 'arn:home/${aws:username}/*' })
  const asUser = (name: string) => ({ 'aws:username': name })
  expect(ask(home, 'dynamodb:GetItem', 'arn:home/ada/x', asUser('ada'))).toBe('allowed')
  expect(ask(home, 'dynamodb:GetItem', 'arn:home/bob/x', asUser('*'))).toBe('no-identity-policy')
  expect(ask(home, 'dynamodb:GetItem', 'arn:home/ada/x')).toBe('no-identity-policy')
  const literal = policy({ ...allow, Resource: 'arn:${*}${?}${$}' })
  expect(ask(literal, 'dynamodb:GetItem', 'arn:*?$')).toBe('allowed')
  expect(ask(literal, 'dynamodb:GetItem', 'arn:ab$')).toBe('no-identity-policy')
  const fallback = policy({ ...allow, Resource: "arn:${aws:username, 'nobody'}" })
  expect(ask(fallback, 'dynamodb:GetItem', 'arn:nobody')).toBe('allowed')
})

const key = 'arn:aws:kms:us-east-1:111111111111:key/1'
const useKey = policy({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: key })
const root = { AWS: 'arn:aws:iam::111111111111:root' }
const principal = (Principal: unknown, more = {}) =>
  keyPolicy({ Effect: 'Allow', Principal, Action: 'kms:*', Resource: '*', ...more })

const askKey = (
  identity: readonly PolicyStatement[],
  own: readonly PolicyStatement[],
  context = {},
): string => outcomeOf(decideForKey(request('kms:Decrypt', key, context), identity, own))

test('KMS key policy: naming the root only delegates to IAM policies', () => {
  expect(askKey(useKey, principal(root))).toBe('allowed')
  expect(askKey(useKey, principal({ AWS: '111111111111' }))).toBe('allowed')
  expect(askKey([], principal(root))).toBe('no-identity-policy')
})

test('KMS key policy: without delegation an IAM policy does not count', () => {
  expect(askKey(useKey, principal({ AWS: 'arn:aws:iam::111111111111:role/other' }))).toBe(
    'no-resource-policy',
  )
  expect(askKey(useKey, principal(root, { Action: 'kms:Encrypt' }))).toBe('no-resource-policy')
  expect(askKey(useKey, principal({ Service: 'logs.amazonaws.com' }))).toBe('no-resource-policy')
})

test('KMS key policy: naming the role, or everybody, allows by itself as far as the conditions go', () => {
  expect(askKey([], principal({ AWS: role }))).toBe('allowed')
  const through = principal(
    { AWS: '*' },
    { Condition: { StringEquals: { 'kms:ViaService': 'dynamodb.us-east-1.amazonaws.com' } } },
  )
  const via = { 'kms:ViaService': 'dynamodb.us-east-1.amazonaws.com' }
  expect(askKey([], through, via)).toBe('allowed')
  expect(askKey([], through)).toBe('no-resource-policy')
})

test('KMS key policy: a deny wins on either side, for the account too', () => {
  const denyRoot = principal(root, { Effect: 'Deny' })
  expect(askKey(useKey, [...principal(root), ...denyRoot])).toBe('explicit-deny')
  const denyKey = policy({ Effect: 'Deny', Action: 'kms:*', Resource: '*' })
  expect(askKey(denyKey, principal({ AWS: role }))).toBe('explicit-deny')
})

const anyName = fc.constantFrom('a:Get', 'a:Put', 'b:Get', 'a:*', '*', 'a:?et')
const anyArn = fc.constantFrom('arn:x', 'arn:y', 'arn:*', '*', 'arn:?')
const anyStatement = fc.record({
  Effect: fc.constantFrom('Allow', 'Deny'),
  Action: fc.array(anyName, { minLength: 1, maxLength: 3 }),
  Resource: fc.array(anyArn, { minLength: 1, maxLength: 2 }),
})
const anyPolicy = fc.array(anyStatement, { maxLength: 5 }).map((list) => policy(...list))
const anyRequest = fc
  .tuple(fc.constantFrom('a:Get', 'a:Put', 'b:Get'), fc.constantFrom('arn:x', 'arn:y', 'brn:z'))
  .map(([action, resource]) => request(action, resource))

test('IAM evaluation: the order of statements never matters', () => {
  fc.assert(
    fc.property(anyPolicy, anyRequest, (statements, about) => {
      const backwards = decide(about, statements.toReversed())
      expect(outcomeOf(backwards)).toBe(outcomeOf(decide(about, statements)))
    }),
  )
})

test('IAM evaluation: an added deny never allows, an added allow never refuses', () => {
  fc.assert(
    fc.property(anyPolicy, anyStatement, anyRequest, (statements, added, about) => {
      const before = decide(about, statements).allowed
      const after = decide(about, [...statements, ...policy(added)]).allowed
      expect(added.Effect === 'Deny' ? before || !after : !before || after).toBe(true)
    }),
  )
})

test('IAM evaluation: it agrees with the rule written out over plain comparisons', () => {
  const covers = (pattern: string, text: string): boolean => {
    if (pattern === '') return text === ''
    const [head = '', ...tail] = pattern
    if (head === '*') {
      return covers(tail.join(''), text) || (text !== '' && covers(pattern, text.slice(1)))
    }
    return text !== '' && (head === '?' || head === text[0]) && covers(tail.join(''), text.slice(1))
  }
  const speaks = (statement: PolicyStatement, about: ReturnType<typeof request>): boolean =>
    statement.actions.patterns.some((pattern) => covers(pattern, about.action)) &&
    statement.resources.patterns.some((pattern) => covers(pattern, about.resource))
  fc.assert(
    fc.property(anyPolicy, anyRequest, (statements, about) => {
      const effects = statements.filter((each) => speaks(each, about)).map(({ effect }) => effect)
      const expected = effects.includes('Allow') && !effects.includes('Deny')
      expect(decide(about, statements).allowed).toBe(expected)
    }),
    { numRuns: 500 },
  )
})
