import { describe, expect, test } from 'vitest'
import { client } from '../../test/support/builders.ts'
import { thrownBy } from '../../test/support/refusals.ts'
import { postLogoutLocation } from './post-logout-redirect-uri.ts'

const bye = 'https://app.example/bye'
const request = (postLogoutRedirectUri: string, state?: string) => ({
  isConfirmed: false,
  postLogoutRedirectUri,
  ...(state === undefined ? {} : { state }),
})

test('rp-initiated logout section 3: without the parameter nobody is sent anywhere', () => {
  expect(postLogoutLocation({ isConfirmed: true, state: 's' }, client())).toBeUndefined()
})

test('rp-initiated logout section 2: a registered URI, with state as it was sent', () => {
  expect(postLogoutLocation(request(bye), client())).toBe(bye)
  const location = postLogoutLocation(request(bye, 'a b&c=\u00e4'), client()) ?? ''
  expect(new URL(location).searchParams.get('state')).toBe('a b&c=\u00e4')
  expect([...new URL(location).searchParams.keys()]).toEqual(['state'])
})

test('rp-initiated logout section 3: a query of the URI is kept', () => {
  const registered = client({ postLogoutRedirectUris: [`${bye}?from=idp`] })
  const location = postLogoutLocation(request(`${bye}?from=idp`, 's'), registered)
  expect(location).toBe(`${bye}?from=idp&state=s`)
})

describe('rp-initiated logout section 3: the OP must not redirect to any other URI', () => {
  test.each([
    `${bye}/`,
    `${bye}?x`,
    `${bye}#x`,
    'https://app.example/',
    'https://evil.example/bye',
    'https://app.example@evil.example/bye',
    'javascript:alert(1)',
    'https://app.example/callback',
  ])('%s', (uri) => {
    expect(thrownBy(() => postLogoutLocation(request(uri), client()))).toMatchObject({
      code: 'invalid_request',
      rule: 'oidc/logout/redirect-uri',
    })
  })

  test('nor to any at all while it does not know the client', () => {
    expect(thrownBy(() => postLogoutLocation(request(bye), undefined))).toMatchObject({
      code: 'invalid_request',
      rule: 'oidc/logout/unnamed-client',
    })
  })
})
