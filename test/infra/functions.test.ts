import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Endpoint, endpoints } from '#infra/endpoints.ts'
import { ofType, type Resource, synthesize } from './synthesis.ts'

const { api } = synthesize()
const functions = ofType(api, 'AWS::Lambda::Function')
const byName = new Map(
  functions.map(([id, { Properties }]) => [Properties['Description'], { id, Properties }]),
)
const table = Object.entries<Endpoint>(endpoints)

test.each(table)('The entry of the endpoint exists: %s', (_, { entry }) => {
  expect(existsSync(join(import.meta.dirname, '../..', entry))).toBe(true)
})

test.each(table)('The function is as the table says: %s', (name, { memoryMiB, timeoutSeconds }) => {
  expect(byName.get(name)?.Properties).toMatchObject({
    Architectures: ['arm64'],
    Handler: 'index.handler',
    MemorySize: memoryMiB,
    Runtime: 'nodejs24.x',
    Timeout: timeoutSeconds,
  })
})

test('There is no function besides those of the table', () => {
  expect(functions).toHaveLength(table.length)
})

test.each(functions)(
  'The environment holds three values, none of them in the template: %s',
  (_, { Properties }) => {
    expect(Properties['Environment']).toEqual({
      Variables: {
        TABLE_NAME: { Ref: expect.stringContaining('tablename') },
        WRAPPING_KEY_ARN: { Ref: expect.stringContaining('wrappingkeyarn') },
        ORIGIN_SECRET: expect.objectContaining({ 'Fn::Join': expect.arrayContaining([]) }),
      },
    })
    expect(JSON.stringify(Properties['Environment'])).toContain('{{resolve:secretsmanager:')
  },
)

test.each(functions)('Logs go to a group of its own that forgets: %s', (id, { Properties }) => {
  const group = Properties['LoggingConfig']
  const logical = id.replace(/Function[0-9A-F]{8}$/, 'Log')
  expect(group).toMatchObject({ LogGroup: { Ref: expect.stringContaining(logical) } })
})

test.each(functions)('Lambda adds no lines of its own to those of a function: %s', (_, fn) => {
  expect(fn.Properties['LoggingConfig']).toMatchObject({
    LogFormat: 'JSON',
    SystemLogLevel: 'WARN',
  })
})

test('Every log group has a retention', () => {
  for (const [, { Properties }] of ofType(api, 'AWS::Logs::LogGroup')) {
    expect(Properties['RetentionInDays']).toBeTypeOf('number')
  }
})

test.each(table)(
  'Requests reach a published version behind the alias live: %s',
  (name, { routes }) => {
    const id = byName.get(name)?.id ?? ''
    const [alias, { Properties }] = aliasOf(id)
    expect(Properties).toMatchObject({
      Name: 'live',
      FunctionVersion: {
        'Fn::GetAtt': [expect.stringContaining(`${id.slice(0, -8)}CurrentVersion`), 'Version'],
      },
    })
    expect(routesTo(alias)).toEqual([...routes].toSorted())
  },
)

test('The HTTP API has the routes of the table and no others', () => {
  const keys = ofType(api, 'AWS::ApiGatewayV2::Route').map(
    ([, { Properties }]) => Properties['RouteKey'],
  )
  expect(keys.toSorted()).toEqual(table.flatMap(([, { routes }]) => routes).toSorted())
})

test('Every integration speaks payload format 2.0 to an alias', () => {
  for (const [, { Properties }] of ofType(api, 'AWS::ApiGatewayV2::Integration')) {
    expect(Properties).toMatchObject({ IntegrationType: 'AWS_PROXY', PayloadFormatVersion: '2.0' })
    expect(JSON.stringify(Properties['IntegrationUri'])).toMatch(/Live[0-9A-F]{8}/)
  }
})

const references = ({ Properties }: Resource, property: string, id: string): boolean =>
  JSON.stringify(Properties[property]).includes(`"${id}"`)

function aliasOf(functionId: string): readonly [string, Resource] {
  const found = ofType(api, 'AWS::Lambda::Alias').find(([, alias]) =>
    references(alias, 'FunctionName', functionId),
  )
  if (found === undefined) throw new Error(`No alias of ${functionId}`)
  return found
}

const routesTo = (alias: string): readonly string[] => {
  const integrations = ofType(api, 'AWS::ApiGatewayV2::Integration')
    .filter(([, integration]) => references(integration, 'IntegrationUri', alias))
    .map(([id]) => id)
  return ofType(api, 'AWS::ApiGatewayV2::Route')
    .filter(([, route]) => integrations.some((id) => references(route, 'Target', id)))
    .map(([, { Properties }]) => String(Properties['RouteKey']))
    .toSorted()
}
