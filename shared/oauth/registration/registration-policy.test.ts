import { expect, test } from 'vitest'
import { client, now, tenant } from '../../../test/support/builders.ts'
import { thrownBy } from '../../../test/support/refusals.ts'
import { parseRegistrationMetadata } from './registration-metadata.ts'
import { applyPolicy, policyForChange } from './registration-policy.ts'

const policy = { redirectHosts: ['*.guild.example'] }
const metadata = (redirect_uris: readonly string[], more: object = {}) =>
  parseRegistrationMetadata(
    { redirect_uris, application_type: 'native', token_endpoint_auth_method: 'none', ...more },
    { client_id: 'client-1' },
  )

test('rfc7591 section 5: a host of the policy is allowed', () => {
  expect(applyPolicy(metadata(['https://a.guild.example/cb']), policy)).toHaveProperty('scope')
})

test.each([
  'https://guild.example.evil.example/cb',
  'http://127.0.0.1/cb',
  'com.evil.app:/cb',
  'com.evil.app://a.guild.example/cb',
])('rfc7591 section 5: %s lies at no host of the policy, whatever it says', (uri) => {
  expect(thrownBy(() => applyPolicy(metadata([uri]), policy))).toMatchObject({
    code: 'invalid_redirect_uri',
  })
  const elsewhere = metadata(['https://a.guild.example/cb'], { post_logout_redirect_uris: [uri] })
  expect(thrownBy(() => applyPolicy(elsewhere, policy))).toMatchObject({
    code: 'invalid_client_metadata',
  })
})

test('rfc7592 section 2.2: a change may keep the hosts that the client has, and bring no scheme of an app', () => {
  const dynamicRegistration = { tokenHash: 'x', issuedAt: now, policy }
  const registered = client({ dynamicRegistration, redirectUris: ['https://old.example/cb'] })
  const forChange = policyForChange(tenant(), registered)
  expect(applyPolicy(metadata(['https://old.example/new']), forChange)).toHaveProperty('scope')
  expect(
    thrownBy(() => applyPolicy(metadata(['com.evil.app://old.example/']), forChange)),
  ).toMatchObject({ code: 'invalid_redirect_uri' })
})
