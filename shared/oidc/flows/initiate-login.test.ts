import { expect, test } from 'vitest'
import { client, clientId, now, tenant } from '../../../test/support/builders.ts'
import { inMemoryStore } from '../../../test/support/in-memory-store.ts'
import { initiateLogin } from './initiate-login.ts'

const initiateLoginUri = 'https://app.example/start'

const begin = (more: Parameters<typeof client>[0]) =>
  initiateLogin(inMemoryStore({ clients: [client({ initiateLoginUri, ...more })] }))(tenant(), {
    client: clientId,
  })

test('rfc9700 section 4.11.2: a link leads to no app that anybody can be', async () => {
  const dynamicRegistration = { tokenHash: 'h', issuedAt: now }
  await expect(begin({ dynamicRegistration })).rejects.toMatchObject({
    code: 'invalid_request',
    rule: 'oidc/initiate-login/stranger',
  })
  const invited = { ...dynamicRegistration, policy: {} }
  for (const more of [{}, { dynamicRegistration: invited }]) {
    expect(await begin(more)).toMatch(/^https:\/\/app\.example\/start\?iss=/)
  }
})
