import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseRequestedAccess } from '#shared/oauth/authorization/requested-access.ts'
import { parseDeviceAuthorizationRequest } from '#shared/oauth/messages/device-authorization-request.ts'
import { client, parametersOf, tenant } from '../../../test/support/builders.ts'
import { anyForm, anyText, parsesOrRefuses, thrownBy } from '../../../test/support/refusals.ts'
import { parseRequestsPageRequest } from './backchannel-answer.ts'
import {
  parseBackchannelRequest,
  readBackchannelRequest,
} from './backchannel-authentication-request.ts'
import { parseDevicePageRequest } from './device-verification.ts'

const visit = { session: undefined, browser: undefined, origin: undefined, address: '203.0.113.9' }
const asking = { tenant: tenant(), client: client() }

const vault = (profile: 'fapi2' | 'fapi1-advanced') => {
  const { settings, ...rest } = tenant()
  return { ...rest, settings: { ...settings, profile } }
}

const backchannelFields = {
  scope: ['openid'],
  resource: ['https://a.example/', 'https://b.example/', '/'],
  authorization_details: ['[]', '[{"type":"payment"}]'],
  login_hint: ['ada'],
  id_token_hint: ['a.b.c'],
  login_hint_token: ['x'],
  binding_message: ['Till 7'],
  requested_expiry: ['60'],
  acr_values: ['urn:a'],
  client_notification_token: ['abc'],
  request: ['a.b.c'],
  client_id: ['web'],
  client_secret: ['s'],
}

test('no form makes the parsers of polled grants throw anything but a refusal', () => {
  fc.assert(
    fc.property(anyForm(backchannelFields), fc.boolean(), (form, isPing) => {
      const deliveryMode = isPing ? 'ping' : 'poll'
      const by = {
        tenant: tenant(),
        client: client({ backchannelAuthentication: { deliveryMode } }),
      }
      parsesOrRefuses(() => {
        return parseBackchannelRequest(readBackchannelRequest(form, {}, visit.address).sent, by)
      })
      parsesOrRefuses(() => {
        const { sent } = parseDeviceAuthorizationRequest(form, {}, visit.address)
        return parseRequestedAccess(sent, by)
      })
    }),
  )
})

test('no form makes the parsers of the pages throw anything but a refusal', () => {
  const pages = anyForm({
    user_code: ['BCDF-GHJK'],
    interaction: ['x'],
    request: ['r'],
    allow: ['yes'],
    deny: ['yes'],
  })
  fc.assert(
    fc.property(pages, fc.boolean(), (form, isPosted) => {
      parsesOrRefuses(() => parseDevicePageRequest(form, isPosted, visit))
      parsesOrRefuses(() => parseRequestsPageRequest(isPosted ? form : undefined, visit))
    }),
  )
})

test('no Authorization header makes them throw anything but a refusal', () => {
  fc.assert(
    fc.property(anyText, (authorization) => {
      const form = new URLSearchParams({ scope: 'openid' })
      parsesOrRefuses(() => readBackchannelRequest(form, { authorization }, visit.address))
      parsesOrRefuses(() => parseDeviceAuthorizationRequest(form, { authorization }, visit.address))
    }),
  )
})

describe('the forms of the pages', () => {
  const page = (fields: Record<string, string>) =>
    parseDevicePageRequest(new URLSearchParams(fields), true, visit)

  test.each([[{ interaction: 'x' }], [{ interaction: 'x', allow: 'yes', deny: 'yes' }]])(
    'exactly one of the two buttons must be pressed: %j',
    (fields) => {
      expect(thrownBy(() => page(fields))).toMatchObject({ code: 'form_incomplete' })
      const form = new URLSearchParams({ ...fields, request: 'r'.repeat(22) })
      expect(thrownBy(() => parseRequestsPageRequest(form, visit))).toMatchObject({
        code: 'form_incomplete',
      })
    },
  )

  test.each(['', 'x', 'r'.repeat(2000), '#'.repeat(22)])(
    '%j is the id of no request',
    (request) => {
      const form = new URLSearchParams({ request, allow: 'yes' })
      expect(thrownBy(() => parseRequestsPageRequest(form, visit))).toMatchObject({
        rule: 'signin/requests/missing',
      })
    },
  )

  test('a code longer than anybody types is refused', () => {
    expect(thrownBy(() => page({ user_code: 'B'.repeat(65) }))).toMatchObject({
      rule: 'signin/device/length',
    })
  })
})

describe('rfc8628 section 3.1: what a device asks with', () => {
  const read = (text: string) =>
    parseDeviceAuthorizationRequest(new URLSearchParams(text), {}, visit.address)

  test('without a value counts as left out, and what we do not know is ignored', () => {
    const { client: by, sent } = read('client_id=tv&scope=&unheard_of=x')
    expect(by).toMatchObject({ id: 'tv' })
    expect(sent.parameters.has('scope')).toBe(false)
  })

  test.each(['client_id=tv&scope=a&scope=b', 'client_id=tv&x=1&x=1'])(
    'must not be there more than once: %s',
    (text) => {
      expect(thrownBy(() => read(text))).toMatchObject({
        code: 'invalid_request',
        rule: 'oauth/device/repeated-parameter',
      })
    },
  )
})

describe('fapi-ciba section 5.2.2', () => {
  const unbound = {
    parameters: parametersOf({ scope: 'openid', login_hint: 'ada' }),
    resources: [],
  }

  test.each(['fapi2', 'fapi1-advanced'] as const)(
    '%s: a request is bound by a message',
    (profile) => {
      const by = { ...asking, tenant: vault(profile) }
      expect(thrownBy(() => parseBackchannelRequest(unbound, by))).toMatchObject({
        code: 'invalid_request',
        rule: 'oidc/backchannel/unbound',
      })
    },
  )

  test('elsewhere the message is optional', () => {
    expect(parseBackchannelRequest(unbound, asking)).toMatchObject({ scopes: ['openid'] })
  })
})

test('ciba core section 7.1: only a client that asks for pings hands over a token for them', () => {
  const parameters = parametersOf({
    scope: 'openid',
    login_hint: 'ada',
    client_notification_token: 'abc',
  })
  expect(parseBackchannelRequest({ parameters, resources: [] }, asking)).not.toHaveProperty(
    'notificationToken',
  )
})
