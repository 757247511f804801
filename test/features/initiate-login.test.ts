import { expect, inject, test } from 'vitest'
import { RelyingParty } from '../support/relying-party.ts'

const origin = inject('origin')
const issuer = `${origin}/acme`

const begin = (query: Record<string, string>) =>
  new RelyingParty(origin, 'acme').browser.get(
    `${issuer}/oauth2/initiate_login?${new URLSearchParams(query)}`,
  )

test('oidc core section 4: the app is begun with at its registered URI, with iss and what the link says', async () => {
  const visit = await begin({
    client_id: 'web',
    login_hint: 'ada@example.com',
    target_link_uri: 'https://app.example/deep',
  })
  const { origin: at, pathname, searchParams } = new URL(visit.url)
  expect(`${at}${pathname}`).toBe('https://app.example/start')
  expect(Object.fromEntries(searchParams)).toEqual({
    iss: issuer,
    login_hint: 'ada@example.com',
    target_link_uri: 'https://app.example/deep',
  })
})

test.each([
  ['of an app that cannot be begun with', { client_id: 'post' }],
  ['of an unknown app', { client_id: 'nobody' }],
  ['of no app', {}],
])('oidc core section 4: a link %s leads nowhere', async (_, query: Record<string, string>) => {
  const visit = await begin({ ...query, target_link_uri: 'https://evil.example/' })
  expect(visit.status).toBe(400)
  expect(visit.headers.get('location')).toBeNull()
})
