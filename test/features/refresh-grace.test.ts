import { setTimeout as sleep } from 'node:timers/promises'
import { expect, inject, test } from 'vitest'
import { basic, RelyingParty } from '../support/relying-party.ts'
import { introspect, tokensOf } from '../support/token-inquiry.ts'

const origin = inject('origin')
const party = new RelyingParty(origin, 'tokens')
const invalidGrant = { status: 400, body: { error: 'invalid_grant' } }

const refreshAs = (client: string) => (refreshToken: string) =>
  party.token(
    { grant_type: 'refresh_token', refresh_token: refreshToken },
    basic(client, `${client}-secret`),
  )

const refresh = refreshAs('graceful')

test('rfc9700 section 4.14.2: with grace a token that comes again gets the same successor', async () => {
  const { refreshToken } = await tokensOf(party, 'graceful')
  const first = await refresh(refreshToken)
  const second = await refresh(refreshToken)
  expect(second.status).toBe(200)
  expect(second.body['refresh_token']).toBe(first.body['refresh_token'])
  expect(second.body['access_token']).not.toBe(first.body['access_token'])
  const next = await refresh(String(second.body['refresh_token']))
  expect(next.status).toBe(200)
})

test('rfc9700 section 4.14.2: of 50 concurrent uses of one token all get the one successor', async () => {
  const { refreshToken } = await tokensOf(party, 'graceful')
  const answers = await Promise.all(Array.from({ length: 50 }, () => refresh(refreshToken)))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  const successors = new Set(answers.map(({ body }) => String(body['refresh_token'])))
  expect(successors.size).toBe(1)
  const [successor = ''] = successors
  expect((await refresh(successor)).status).toBe(200)
})

test('rfc9700 section 4.14.2: a token whose successor was used revokes everything, grace or not', async () => {
  const { accessToken, refreshToken } = await tokensOf(party, 'graceful')
  const { body } = await refresh(refreshToken)
  const { body: next } = await refresh(String(body['refresh_token']))
  expect(await refresh(refreshToken)).toMatchObject(invalidGrant)
  expect(await refresh(String(next['refresh_token']))).toMatchObject(invalidGrant)
  expect((await introspect(party, accessToken, 'graceful')).body).toEqual({ active: false })
})

test('rfc9700 section 4.14.2: when the grace is over a token that comes again revokes everything', async () => {
  const brief = refreshAs('brief-grace')
  const { refreshToken } = await tokensOf(party, 'brief-grace')
  const { body } = await brief(refreshToken)
  await sleep(2000)
  expect(await brief(refreshToken)).toMatchObject(invalidGrant)
  expect(await brief(String(body['refresh_token']))).toMatchObject(invalidGrant)
})

test('rfc9700 section 4.14.2: without grace the second use revokes everything', async () => {
  const { refreshToken } = await tokensOf(party, 'web')
  const { body } = await party.refresh(refreshToken)
  expect(await party.refresh(refreshToken)).toMatchObject(invalidGrant)
  expect(await party.refresh(String(body['refresh_token']))).toMatchObject(invalidGrant)
})

test('rfc6749 section 6: a token that comes late in the hands of another client is refused', async () => {
  const { refreshToken } = await tokensOf(party, 'graceful')
  const { body } = await refresh(refreshToken)
  expect(await refreshAs('brief-grace')(refreshToken)).toMatchObject(invalidGrant)
  expect((await refresh(String(body['refresh_token']))).status).toBe(200)
})
