import { createRemoteJWKSet, jwtVerify } from 'jose'
import { expect, test } from 'vitest'
import { issuer, start } from './example.ts'

test('the machine gets a token that its API accepts', async () => {
  const { stdout, code } = await start('machine.ts').ended
  expect(code).toBe(0)
  const keys = createRemoteJWKSet(new URL(`${issuer}/oauth2/jwks`))
  const expected = { issuer, audience: 'https://reports.example.com/', typ: 'at+jwt' }
  const { payload } = await jwtVerify(stdout.trim(), keys, expected)
  expect(payload).toMatchObject({ client_id: 'demo-service', scope: 'reports:read' })
})
