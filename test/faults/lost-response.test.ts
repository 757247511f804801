import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startEngine } from '#local/services/dynamodb-engine.ts'
import { type LocalCloud, startLocalCloud } from '#local/start.ts'
import { type ForgetfulProxy, forgetfulProxy } from '../support/forgetful-proxy.ts'
import { RelyingParty } from '../support/relying-party.ts'

const configFile = fileURLToPath(new URL('../support/configuration.json', import.meta.url))

let engine: Awaited<ReturnType<typeof startEngine>>
let proxy: ForgetfulProxy
let cloud: LocalCloud

/** A cloud of its own, whose table loses answers after it has done what it was asked. */
beforeAll(async () => {
  engine = await startEngine(process.env)
  proxy = await forgetfulProxy(engine.url)
  process.env['AWS_ENDPOINT_URL_DYNAMODB'] = proxy.url
  process.env['AWS_ENDPOINT_URL_DYNAMODB_STREAMS'] = engine.url
  cloud = await startLocalCloud({ port: 0, https: false, configFile })
})

afterAll(async () => {
  await cloud?.close()
  await proxy?.close()
  await engine?.close()
})

test('a redemption whose answer is lost on the way is retried by the SDK and succeeds', async () => {
  const party = new RelyingParty(cloud.origin)
  const code = await party.code()
  proxy.forgetNext('PutItem', 'FAMILY#')
  const { status, body } = await party.redeem(code)
  expect(proxy.lost).toBe(1)
  expect(status).toBe(200)
  expect(await party.refresh(String(body['refresh_token']))).toMatchObject({ status: 200 })
})

test('a refresh whose answer is lost on the way gets its successor, and nobody is revoked', async () => {
  const party = new RelyingParty(cloud.origin)
  const { refreshToken } = await party.tokens()
  const before = proxy.lost
  proxy.forgetNext('UpdateItem', 'FAMILY#')
  const { status, body } = await party.refresh(refreshToken)
  expect(proxy.lost).toBe(before + 1)
  expect(status).toBe(200)
  expect(await party.refresh(String(body['refresh_token']))).toMatchObject({ status: 200 })
})

test('a sign-in whose answer is lost on the way opens one session', async () => {
  const party = new RelyingParty(cloud.origin)
  const before = proxy.lost
  proxy.forgetNext('PutItem', 'SESSION#')
  expect((await party.signIn()).searchParams.get('code')).toBeTruthy()
  expect(proxy.lost).toBe(before + 1)
})
