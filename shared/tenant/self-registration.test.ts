import { expect, test } from 'vitest'
import { isHostOf } from './self-registration.ts'
import { selfRegistrationSettings } from './self-registration-settings.ts'

test.each([
  ['*', 'app.example', true],
  ['app.example', 'app.example', true],
  ['app.example', 'www.app.example', false],
  ['*.app.example', 'www.app.example', true],
  ['*.app.example', 'a.b.app.example', true],
  ['*.app.example', 'app.example', false],
  ['*.app.example', 'evilapp.example', false],
  ['*.app.example', '.app.example', false],
])('the pattern %s and the host %s: %s', (pattern, host, expected) => {
  expect(isHostOf(pattern, host)).toBe(expected)
})

test.each(['', 'https://app.example', 'app.example:443', 'a*.example', '*.*', 'App.example'])(
  'no pattern of hosts: %j',
  (pattern) => {
    expect(selfRegistrationSettings.safeParse({ metadataDocumentHosts: [pattern] }).success).toBe(
      false,
    )
  },
)
