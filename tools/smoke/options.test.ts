import { expect, test } from 'vitest'
import { BadCall, parseOptions } from './options.ts'

const issuer = 'https://id.example/acme'
const person = ['--user', 'ada', '--client', 'web', '--redirect-uri', 'https://app.example/cb']

test('an issuer is enough; it is taken as it stands', () => {
  expect(parseOptions([issuer], {})).toEqual({ issuer })
})

test('secrets come from the environment alone', () => {
  const environment = { SMOKE_PASSWORD: 'p', SMOKE_CLIENT_SECRET: 's' }
  expect(parseOptions([issuer, ...person], environment)).toMatchObject({
    visitor: { userName: 'ada', password: 'p', clientId: 'web', clientSecret: 's' },
  })
  expect(() => parseOptions([issuer, '--password', 'p'], {})).toThrow(BadCall)
})

test.each([
  ['no issuer', []],
  ['two issuers', [issuer, issuer]],
  ['a trailing slash, which would be another issuer', [`${issuer}/`]],
  ['a query', [`${issuer}?a=b`]],
  ['another scheme', ['ftp://id.example/acme']],
  ['a user without a client', [issuer, '--user', 'ada']],
  ['a user without a password', [issuer, ...person]],
])('%s is refused', (_, args) => {
  expect(() => parseOptions(args, {})).toThrow(BadCall)
})
