// biome-ignore-all lint/suspicious/noTemplateCurlyInString: CloudFormation writes Fn::Sub so
import { expect, test } from 'vitest'
import type { Template } from './assembly.ts'
import { resolve } from './intrinsics.ts'

const scope = (template: Partial<Template> = {}) => ({
  stack: {
    name: 'Stack',
    template: { Resources: {}, Parameters: {}, Conditions: {}, ...template },
  },
  world: {
    accountId: '111111111111',
    region: 'eu-central-1',
    parameter: (name: string) => `value of ${name}`,
    secret: (arn: string, jsonKey: string) => `secret ${arn} ${jsonKey}`,
  },
})

const Resources = {
  Key: { Type: 'AWS::KMS::Key' },
  Queue: { Type: 'AWS::Made::Up' },
  Named: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: { 'Fn::Sub': 't-${Size}' } } },
  Setting: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/a', Value: { Ref: 'Named' } } },
}
const Parameters = {
  Size: { Type: 'String', Default: 'small' },
  Imported: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/a/b' },
  Open: { Type: 'String' },
  List: { Type: 'CommaDelimitedList', Default: 'a,b' },
}

const value = (node: unknown, template: Partial<Template> = { Resources, Parameters }): unknown =>
  resolve(scope(template), node, 'here')

test('Ref: a resource, a parameter, an SSM parameter, a pseudo parameter', () => {
  expect(value({ Ref: 'Named' })).toBe('t-small')
  expect(value({ Ref: 'Size' })).toBe('small')
  expect(value({ Ref: 'Imported' })).toBe('value of /a/b')
  expect(value({ Ref: 'AWS::Region' })).toBe('eu-central-1')
})

test('Fn::GetAtt: ARNs are those of account and Region, in both spellings', () => {
  const arn = 'arn:aws:dynamodb:eu-central-1:111111111111:table/t-small'
  expect(value({ 'Fn::GetAtt': ['Named', 'Arn'] })).toBe(arn)
  expect(value({ 'Fn::GetAtt': 'Named.Arn' })).toBe(arn)
  expect(value({ 'Fn::GetAtt': ['Setting', 'Value'] })).toBe('t-small')
})

test('Fn::GetAtt: the id of a key is the same on every start', () => {
  expect(value({ Ref: 'Key' })).toBe(value({ Ref: 'Key' }))
  expect(value({ Ref: 'Key' })).toMatch(
    /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/,
  )
})

test('Fn::Sub: names, attributes, own variables, and the escaped form', () => {
  expect(value({ 'Fn::Sub': '${AWS::AccountId}/${Named}/${Named.Arn}' })).toBe(
    '111111111111/t-small/arn:aws:dynamodb:eu-central-1:111111111111:table/t-small',
  )
  expect(value({ 'Fn::Sub': ['${own}-${!Size}', { own: { Ref: 'Size' } }] })).toBe('small-${Size}')
})

test('Fn::Join, Fn::Split and Fn::Select nest', () => {
  const parts = { 'Fn::Split': [':', { 'Fn::Join': [':', ['a', { Ref: 'Size' }]] }] }
  expect(value({ 'Fn::Select': [1, parts] })).toBe('small')
  expect(() => value({ 'Fn::Select': [2, parts] })).toThrow('reaches past the end')
})

test('Fn::If: conditions compare, negate and combine, by name too', () => {
  const Conditions = {
    Small: { 'Fn::Equals': [{ Ref: 'Size' }, 'small'] },
    Large: { 'Fn::Not': [{ Condition: 'Small' }] },
    Any: { 'Fn::Or': [{ Condition: 'Large' }, { Condition: 'Small' }] },
    Both: { 'Fn::And': [{ Condition: 'Large' }, { Condition: 'Small' }] },
  }
  const pick = (name: string) =>
    value({ 'Fn::If': [name, 'yes', 'no'] }, { Parameters, Conditions })
  expect(['Small', 'Large', 'Any', 'Both'].map(pick)).toEqual(['yes', 'no', 'yes', 'no'])
  expect(() => pick('Missing')).toThrow('there is no condition Missing')
})

test('AWS::NoValue: the property or the list entry is not there', () => {
  expect(value({ a: { Ref: 'AWS::NoValue' }, b: ['x', { Ref: 'AWS::NoValue' }] })).toEqual({
    b: ['x'],
  })
})

test('dynamic references: SSM and Secrets Manager, also when joined from pieces', () => {
  expect(value('{{resolve:ssm:/a/b:3}}')).toBe('value of /a/b')
  const joined = ['{{resolve:secretsmanager:', 'arn:x:secret:y', ':SecretString:::}}']
  expect(value({ 'Fn::Join': ['', joined] })).toBe('secret arn:x:secret:y ')
  expect(value('{{resolve:secretsmanager:name:SecretString:user}}')).toBe('secret name user')
  expect(() => value('{{resolve:ssm-secure:x}}')).toThrow('unknown dynamic reference')
})

test('policy variables are no intrinsic function', () => {
  expect(value('arn:${aws:username}')).toBe('arn:${aws:username}')
})

test.each([
  ['a function', { 'Fn::ImportValue': 'x' }, 'here: Fn::ImportValue is not supported'],
  ['a deep function', { a: [{ 'Fn::Cidr': [] }] }, 'here.a[0]: Fn::Cidr is not supported'],
  ['a resource type', { Ref: 'Queue' }, 'here.Ref: resources of type AWS::Made::Up'],
  [
    'an attribute',
    { 'Fn::GetAtt': ['Key', 'Color'] },
    'Key (AWS::KMS::Key) has no attribute Color',
  ],
  ['a name', { Ref: 'Nobody' }, 'Nobody is neither a resource nor a parameter with a default'],
  ['a parameter without a default', { Ref: 'Open' }, 'Open is neither'],
  ['a parameter type', { Ref: 'List' }, 'the unknown parameter type CommaDelimitedList'],
  ['a pseudo parameter', { Ref: 'AWS::Moon' }, 'unknown pseudo parameter AWS::Moon'],
  ['an inherited name', { Ref: 'toString' }, 'toString is neither'],
])('template: %s that is unknown is an error with its place', (_what, node, message) => {
  expect(() => value(node)).toThrow(message)
})
