import { describe, expect, test } from 'vitest'
import { AuthorizationError } from '#shared/oauth/authorization/authorization-error.ts'
import { accessDenied, invalidRequest } from '#shared/oauth/errors.ts'
import { StoreUnavailable } from '#shared/ports/store-unavailable.ts'
import { tenant } from '../../../test/support/builders.ts'
import { httpEvent } from '../../../test/support/http-events.ts'
import { readRequest } from '../http-request.ts'
import { refusalOf } from '../refusal.ts'
import { authorizationError } from './authorization.ts'
import { htmlError } from './html.ts'

const scene = { request: readRequest(httpEvent()), tenant: tenant() }
const unknownClient = invalidRequest(
  'oauth/authorize/unknown-client',
  'client_id is not registered here',
)

describe('a refusal that a person reads', () => {
  const answer = htmlError(refusalOf(unknownClient), scene)

  test('says what is wrong, under which number it is in the log, and not by which rule', () => {
    expect(answer.status).toBe(400)
    expect(answer.body).toContain('client_id is not registered here')
    expect(answer.body).toContain('request-1')
    expect(answer.body).not.toContain('oauth/authorize')
  })

  test('is never kept, never framed, and loads nothing', () => {
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-store',
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      'x-frame-options': 'DENY',
    })
  })

  test('is in the language of the browser', () => {
    const request = readRequest(httpEvent({ headers: { 'accept-language': 'de' } }))
    expect(htmlError(refusalOf(unknownClient), { ...scene, request }).body).toContain('lang="de"')
  })

  test('needs no tenant', () => {
    expect(htmlError(refusalOf(unknownClient), { ...scene, tenant: undefined }).status).toBe(400)
  })

  test('a failure of ours tells nothing of itself', () => {
    const { status, body } = htmlError(refusalOf(new Error('secret detail')), scene)
    expect(status).toBe(500)
    expect(body).not.toContain('secret detail')
  })

  test('a busy store may be asked again', () => {
    const { headers } = htmlError(refusalOf(new StoreUnavailable('no', undefined)), scene)
    expect(headers).toHaveProperty('retry-after', '1')
  })
})

describe('rfc6749 section 4.1.2.1: a refusal of the authorization endpoint', () => {
  const denied = accessDenied('oauth/authorize/denied', 'the user did not allow the request')

  test('is shown, not redirected, while the redirect URI is not verified', () => {
    const { status, headers } = authorizationError(refusalOf(unknownClient), scene)
    expect(status).toBe(400)
    expect(headers).not.toHaveProperty('location')
  })

  test('goes to the client by a redirect', () => {
    const response = { kind: 'redirect', location: 'https://app.example/callback?error=e' } as const
    const { status, headers, body } = authorizationError(
      refusalOf(new AuthorizationError(response, denied)),
      scene,
    )
    expect(status).toBe(303)
    expect(body).toBeUndefined()
    expect(headers['location']).toBe('https://app.example/callback?error=e')
  })

  test('form_post section 2: goes in a form where that was asked for', () => {
    const action = 'https://app.example/callback'
    const response = { kind: 'form-post', action, fields: { error: 'access_denied' } } as const
    const refused = refusalOf(new AuthorizationError(response, denied))
    const { status, headers, body } = authorizationError(refused, scene)
    expect(status).toBe(200)
    expect(headers).not.toHaveProperty('location')
    expect(body).toContain('action="https://app.example/callback"')
    expect(body).toContain('value="access_denied"')
  })
})
