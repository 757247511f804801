import { expect, test } from 'vitest'
import { tenantSettings, toTenantSettings } from './tenant-settings.ts'

const problemsOf = (settings: unknown) =>
  tenantSettings.safeParse(settings).error?.issues.map(({ path }) => path.join('.'))

test('without a word: 5 minutes of tokens, 30 days of refresh, 12 hours of session', () => {
  expect(toTenantSettings(tenantSettings.parse({}), 'kms')).toEqual({
    custody: 'kms',
    signingAlgorithms: ['RS256'],
    profile: 'baseline',
    accessTokenLifetime: 300,
    idTokenLifetime: 300,
    refreshTokenLifetime: 2_592_000,
    sessionLifetime: 43_200,
  })
})

test('an access token lives an hour at most', () => {
  expect(problemsOf({ accessTokenLifetimeSeconds: 3600 })).toBeUndefined()
  expect(problemsOf({ accessTokenLifetimeSeconds: 3601 })).toEqual(['accessTokenLifetimeSeconds'])
})

test('a lifetime is a whole number of seconds within its bounds', () => {
  expect(
    problemsOf({
      accessTokenLifetimeSeconds: 0,
      idTokenLifetimeSeconds: 300.5,
      refreshTokenLifetimeSeconds: '30d',
      sessionLifetimeSeconds: 2_592_001,
    }),
  ).toEqual([
    'accessTokenLifetimeSeconds',
    'idTokenLifetimeSeconds',
    'refreshTokenLifetimeSeconds',
    'sessionLifetimeSeconds',
  ])
})

test('a tenant signs with at least one algorithm, each named once and known', () => {
  expect(problemsOf({ signingAlgorithms: ['ES256', 'RS256', 'ML-DSA-44'] })).toBeUndefined()
  for (const signingAlgorithms of [[], ['RS256', 'RS256']]) {
    expect(problemsOf({ signingAlgorithms })).toEqual(['signingAlgorithms'])
  }
  for (const unknown of ['none', 'HS256', 'ML-DSA-65']) {
    expect(problemsOf({ signingAlgorithms: [unknown] })).toEqual(['signingAlgorithms.0'])
  }
})

test('a custody is one of the two', () => {
  expect(problemsOf({ signingCustody: 'kms-wrapped' })).toBeUndefined()
  expect(problemsOf({ signingCustody: 'file' })).toEqual(['signingCustody'])
})
