import { expect, test } from 'vitest'
import { type TenantId, trusted } from '#shared/kernel/ids.ts'
import { isLoopbackIssuer, issuerOf } from './issuer.ts'

test('oidc discovery section 3: an issuer is an https URL without query or fragment', () => {
  expect(issuerOf('https://id.example', trusted<TenantId>('acme'))).toBe('https://id.example/acme')
})

test('only an issuer on a loopback host is the developer’s own', () => {
  for (const origin of ['http://localhost:9000', 'https://127.0.0.1', 'http://[::1]:9000']) {
    expect(isLoopbackIssuer(`${origin}/demo`), origin).toBe(true)
  }
  for (const origin of ['https://id.example', 'https://localhost.example', 'https://a@localhost']) {
    expect(isLoopbackIssuer(`${origin}/demo`), origin).toBe(false)
  }
})
