import { generateKeyPairSync } from 'node:crypto'
import { expect, test, vi } from 'vitest'
import { epochSeconds } from '#shared/kernel/time.ts'
import type { PublicJwk } from '#shared/oauth/client/client.ts'
import type { HttpAnswer, HttpClient } from '#shared/ports/http-client.ts'
import { client } from '../../test/support/builders.ts'
import { publishedClientKeys } from './client-keys.ts'

function newKey(kid: string): PublicJwk {
  const { publicKey } = generateKeyPairSync('ed25519')
  const { kty = '', ...members } = publicKey.export({ format: 'jwk' })
  return { ...members, kty, kid }
}

const [first, second] = [newKey('a'), newKey('b')]

const answer = (keys: readonly PublicJwk[], cacheControl = 'max-age=600'): HttpAnswer => ({
  kind: 'answered',
  status: 200,
  headers: { 'cache-control': cacheControl },
  body: JSON.stringify({ keys }),
})

const failed: HttpAnswer = { kind: 'failed' }
const day = 24 * 60 * 60

function publisher(initial: HttpAnswer) {
  let [now, answered] = [1_000, initial]
  const fetch = vi.fn<HttpClient['fetch']>(async () => answered)
  const keys = publishedClientKeys({ fetch }, { now: () => epochSeconds(now) })
  const own = client({ jwksUri: 'https://rp.example/jwks', keys: [] })
  return {
    ...keys,
    fetch,
    own,
    wait: (duration: number) => {
      now += duration
    },
    answers: (next: HttpAnswer) => {
      answered = next
    },
  }
}

test('a client with registered keys is asked for nothing', async () => {
  const { keysOf, freshKeysOf, fetch } = publisher(answer([second]))
  const registered = client({ keys: [first] })
  expect(await keysOf(registered)).toEqual([first])
  expect(await freshKeysOf(registered)).toEqual([first])
  expect(fetch).not.toHaveBeenCalled()
})

test('oidc core section 10.1.1: published keys are read once for as long as they may be kept', async () => {
  const { keysOf, fetch, own, wait } = publisher(answer([first], 'max-age=300'))
  expect(await keysOf(own)).toEqual([first])
  wait(299)
  expect(await keysOf(own)).toEqual([first])
  expect(fetch).toHaveBeenCalledTimes(1)
  wait(1)
  await keysOf(own)
  expect(fetch).toHaveBeenCalledTimes(2)
  expect(fetch.mock.lastCall?.[0]).toMatchObject({
    method: 'GET',
    url: 'https://rp.example/jwks',
    purpose: 'client-keys',
  })
})

test('oidc core section 10.1.1: a new key is found when it is asked for', async () => {
  const { keysOf, freshKeysOf, own, wait, answers } = publisher(answer([first]))
  await keysOf(own)
  answers(answer([first, second]))
  wait(30)
  expect(await freshKeysOf(own)).toEqual([first, second])
  expect(await keysOf(own)).toEqual([first, second])
})

test('oidc core section 10.1.1: a key that is used the moment it is published is asked for at once, and once', async () => {
  const { keysOf, freshKeysOf, fetch, own, answers } = publisher(answer([first]))
  await keysOf(own)
  answers(answer([first, second]))
  expect(await freshKeysOf(own)).toEqual([first, second])
  await Promise.all(Array.from({ length: 10 }, () => freshKeysOf(own)))
  expect(fetch).toHaveBeenCalledTimes(2)
})

test('strangers cannot make us ask more often than every thirty seconds', async () => {
  const { freshKeysOf, fetch, own, wait } = publisher(answer([first]))
  for (let request = 0; request < 10; request += 1) await freshKeysOf(own)
  wait(29)
  await Promise.all(Array.from({ length: 10 }, () => freshKeysOf(own)))
  expect(fetch).toHaveBeenCalledTimes(1)
  wait(1)
  await Promise.all(Array.from({ length: 10 }, () => freshKeysOf(own)))
  expect(fetch).toHaveBeenCalledTimes(2)
})

test.each<[string, HttpAnswer]>([
  ['nobody answers', failed],
  ['the guard refuses', { kind: 'refused', rule: 'http/fetch/address' }],
  ['the answer is an error', { ...answer([second]), status: 500 } as HttpAnswer],
  ['the answer is a redirect', { ...answer([second]), status: 302 } as HttpAnswer],
  ['the answer is no key set', { ...answer([]), body: '<html>' } as HttpAnswer],
])('while %s the last keys hold, for a day', async (_, trouble) => {
  const { keysOf, freshKeysOf, own, wait, answers } = publisher(answer([first]))
  await keysOf(own)
  answers(trouble)
  wait(600)
  expect(await keysOf(own)).toEqual([first])
  expect(await freshKeysOf(own)).toEqual([first])
  wait(day - 601)
  expect(await keysOf(own)).toEqual([first])
  wait(1)
  expect(await keysOf(own)).toEqual([])
  answers(answer([second]))
  wait(30)
  expect(await keysOf(own)).toEqual([second])
})

test('a host that is down is asked every thirty seconds, not by every request', async () => {
  const { keysOf, fetch, own, wait, answers } = publisher(failed)
  for (let request = 0; request < 10; request += 1) expect(await keysOf(own)).toEqual([])
  expect(fetch).toHaveBeenCalledTimes(1)
  answers(answer([first]))
  wait(30)
  expect(await keysOf(own)).toEqual([first])
})

test('a client that withdraws its keys has none', async () => {
  const { keysOf, own, wait, answers } = publisher(answer([first]))
  await keysOf(own)
  answers(answer([]))
  wait(600)
  expect(await keysOf(own)).toEqual([])
})

test('requests at the same moment share one question', async () => {
  const { keysOf, fetch, own } = publisher(answer([first]))
  await Promise.all(Array.from({ length: 10 }, () => keysOf(own)))
  expect(fetch).toHaveBeenCalledTimes(1)
})

test('of very many clients the one used longest ago makes room', async () => {
  const { keysOf, fetch } = publisher(answer([first]))
  const at = (index: number) => client({ jwksUri: `https://rp.example/${index}`, keys: [] })
  for (let index = 0; index <= 500; index += 1) await keysOf(at(index))
  await keysOf(at(500))
  expect(fetch).toHaveBeenCalledTimes(501)
  await keysOf(at(0))
  expect(fetch).toHaveBeenCalledTimes(502)
})
