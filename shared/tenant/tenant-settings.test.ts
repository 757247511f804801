import { expect, test } from 'vitest'
import { tenantSettings, toTenantSettings } from './tenant-settings.ts'

const problemsOf = (settings: unknown) =>
  tenantSettings.safeParse(settings).error?.issues.map(({ path }) => path.join('.'))

test('without a word: 5 minutes of tokens, 30 days of refresh, 12 hours of session', () => {
  expect(toTenantSettings(tenantSettings.parse({}), 'kms')).toEqual({
    custody: 'kms',
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

test('a custody is one of the two', () => {
  expect(problemsOf({ signingCustody: 'kms-wrapped' })).toBeUndefined()
  expect(problemsOf({ signingCustody: 'file' })).toEqual(['signingCustody'])
})
