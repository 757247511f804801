import { expect, test } from 'vitest'
import { endpointUrls } from './endpoint-urls.ts'

const issuer = 'https://id.example/acme'

test('an endpoint is below the issuer', () => {
  expect(endpointUrls(issuer, 'oauth2/token', undefined)).toEqual([`${issuer}/oauth2/token`])
})

test('rfc8705 section 5: and at the host that asks for certificates', () => {
  expect(endpointUrls(issuer, 'oauth2/token', 'https://mtls.id.example')).toEqual([
    `${issuer}/oauth2/token`,
    'https://mtls.id.example/acme/oauth2/token',
  ])
})
