import { expect, test } from 'vitest'
import { contentSecurityPolicy } from './content-security-policy.ts'

test('csp3 section 2.3.1: a hash is SHA-256 over the exact text, in padded base64', () => {
  expect(contentSecurityPolicy({ style: '', script: 'alert(1)' })).toBe(
    "default-src 'none'; " +
      "style-src 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; " +
      "script-src 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='; " +
      "img-src data:; base-uri 'none'; frame-ancestors 'none'",
  )
})

test('csp3: without a script none is admitted, not even by a directive', () => {
  expect(contentSecurityPolicy({ style: 'p{}' })).not.toContain('script-src')
})

test('csp3 section 6.4.2: no form-action, which would stop the redirect that follows sign-in', () => {
  expect(contentSecurityPolicy({ style: 'p{}', script: 'x()' })).not.toContain('form-action')
})
