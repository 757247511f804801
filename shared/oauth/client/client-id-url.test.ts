import { expect, test } from 'vitest'
import { isClientIdUrl } from './client-id-url.ts'

test.each([
  'https://app.example/client.json',
  'https://app.example/',
  'https://app.example:8443/client',
  'https://app.example/client?version=1',
])('cimd section 3: %s may lead to a document', (id) => {
  expect(isClientIdUrl(id)).toBe(true)
})

test.each([
  ['another scheme', 'http://app.example/client'],
  ['another scheme in disguise', 'HTTPS://app.example/client'],
  ['no path', 'https://app.example'],
  ['a user', 'https://me@app.example/client'],
  ['a fragment', 'https://app.example/client#'],
  ['a single dot', 'https://app.example/./client'],
  ['two dots', 'https://app.example/a/../client'],
  ['encoded dots', 'https://app.example/%2E%2e/client'],
  ['the usual port', 'https://app.example:443/client'],
  ['capitals in its host', 'https://App.example/client'],
  ['a backslash', 'https://app.example\\client'],
  ['a space', 'https://app.example/a client'],
  ['no host', 'https:///client'],
  ['no URL at all', 'web'],
])('cimd section 3: %s leads to none', (_, id) => {
  expect(isClientIdUrl(id)).toBe(false)
})
