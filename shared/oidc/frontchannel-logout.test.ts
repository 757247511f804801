import { expect, test } from 'vitest'
import { client, sid, tenant } from '../../test/support/builders.ts'
import { frontchannelLogoutUri } from './frontchannel-logout.ts'

const { issuer } = tenant()
const uri = 'https://app.example/logged-out'
const uriOf = (frontchannelUri: string | undefined, frontchannelSessionRequired?: boolean) =>
  frontchannelLogoutUri(
    client({
      logout: {
        ...(frontchannelUri !== undefined && { frontchannelUri }),
        ...(frontchannelSessionRequired !== undefined && { frontchannelSessionRequired }),
      },
    }),
    issuer,
    sid,
  )

test('front-channel logout section 2: without the requirement the URI is loaded as it is registered', () => {
  expect(uriOf(uri)).toBe(uri)
  expect(uriOf(uri, false)).toBe(uri)
})

test('front-channel logout section 2: iss and sid come together where the session is required', () => {
  const { searchParams, origin, pathname } = new URL(uriOf(uri, true) ?? '')
  expect(`${origin}${pathname}`).toBe(uri)
  expect([...searchParams]).toEqual([
    ['iss', issuer],
    ['sid', sid],
  ])
})

test('front-channel logout section 2: a query of the URI is kept', () => {
  const { searchParams } = new URL(uriOf(`${uri}?a=b%20c`, true) ?? '')
  expect([...searchParams.keys()]).toEqual(['a', 'iss', 'sid'])
  expect(searchParams.get('a')).toBe('b c')
})

test('front-channel logout section 2: a client without a URI is not loaded', () => {
  expect(uriOf(undefined, true)).toBeUndefined()
  expect(frontchannelLogoutUri(client(), issuer, sid)).toBeUndefined()
})
