import { expect, test } from 'vitest'
import { tenant } from '../../test/support/builders.ts'
import { pagePath } from './page-path.ts'

test.each([
  ['https://id.example/acme', '/acme/signin/consent'],
  ['https://login.acme.example', '/signin/consent'],
])('a page of the issuer %s is at %s, never at another host', (issuer, path) => {
  expect(pagePath(tenant({ issuer }), 'signin/consent')).toBe(path)
})
