import { describe, expect, test } from 'vitest'
import { invalidClient, invalidGrant } from '#shared/oauth/errors.ts'
import { StoreUnavailable } from '#shared/ports/store-unavailable.ts'
import { refusalOf } from '../refusal.ts'
import { oauthJson } from './oauth-json.ts'

const render = (error: unknown) => oauthJson(refusalOf(error))

describe('rfc6749 section 5.2: an error of the token endpoint', () => {
  const answer = render(invalidGrant('oauth/code/expired', 'the code has expired'))

  test('is 400 with error and error_description in JSON, and nothing else', () => {
    expect(answer.status).toBe(400)
    expect(answer.headers['content-type']).toBe('application/json')
    expect(JSON.parse(answer.body ?? '')).toEqual({
      error: 'invalid_grant',
      error_description: 'the code has expired',
    })
  })

  test('is not stored on the way', () => {
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', pragma: 'no-cache' })
  })

  test('does not challenge', () => {
    expect(answer.headers).not.toHaveProperty('www-authenticate')
  })
})

test('rfc6749 section 5.2: invalid_client is 401 with a challenge of the scheme that clients use', () => {
  const { status, headers } = render(invalidClient('oauth/client/secret', 'failed'))
  expect(status).toBe(401)
  expect(headers['www-authenticate']).toMatch(/^Basic realm="[^"]+"$/)
})

test('a failure of ours tells nothing, a lost answer is not to be asked for again', () => {
  expect(render(new Error('secret detail')).body).not.toContain('secret')
  const { status, headers } = render(new StoreUnavailable('unknown', undefined))
  expect(status).toBe(503)
  expect(headers).not.toHaveProperty('retry-after')
})
