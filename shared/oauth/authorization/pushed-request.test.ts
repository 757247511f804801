import { describe, expect, test } from 'vitest'
import {
  client,
  clientId,
  inSeconds,
  now,
  otherClientId,
  tenant,
} from '../../../test/support/builders.ts'
import { thrownBy } from '../../../test/support/refusals.ts'
import { type PushedRequest, pushedRequestLifetime, verifyPushedRequest } from './pushed-request.ts'
import { pushedReference, pushedRequestUri } from './request-uri.ts'

const pushed = (more: Partial<PushedRequest> = {}): PushedRequest => ({
  tenant: tenant().id,
  client: clientId,
  referenceHash: 'h',
  request: 'response_type=code',
  startsBefore: inSeconds(60),
  expiresAt: inSeconds(1800),
  ...more,
})

const verify = (request: PushedRequest | undefined, isBegun = false, at = now) =>
  verifyPushedRequest(request, client(), { isBegun, now: at })

test('rfc9126 section 2.2: the lifetime is short', () => {
  expect(pushedRequestLifetime).toBeGreaterThanOrEqual(5)
  expect(pushedRequestLifetime).toBeLessThan(600)
})

describe('rfc9126 section 4: a request that may be gone on with', () => {
  test('is one of its client, unused, in its time', () => {
    expect(verify(pushed())).toEqual(pushed())
  })

  test('may be answered later than it must be begun with', () => {
    expect(verify(pushed(), true, inSeconds(1799))).toBeDefined()
  })

  test.each([
    ['unknown', undefined, false, now],
    ['unknown', pushed({ client: otherClientId }), false, now],
    ['used', pushed({ usedAt: now }), true, now],
    ['expired', pushed(), false, inSeconds(60)],
    ['expired', pushed(), true, inSeconds(1800)],
  ])('is not: %s', (rule, request, isBegun, at) => {
    expect(thrownBy(() => verify(request, isBegun, at))).toMatchObject({
      code: 'invalid_request_uri',
      rule: `oauth/pushed-request/${rule}`,
    })
  })
})

test('rfc9126 section 2.2: a request_uri of the form of ours holds the reference', () => {
  expect(pushedReference(pushedRequestUri('r'))).toBe('r')
  expect(pushedReference('https://app.example/r')).toBeUndefined()
})
