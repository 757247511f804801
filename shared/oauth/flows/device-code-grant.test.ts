import { expect, test } from 'vitest'
import { Secret } from '#shared/kernel/secret.ts'
import { seconds } from '#shared/kernel/time.ts'
import {
  authorizationCode,
  client,
  grantContext,
  inSeconds,
  now,
  otherClientId,
  region,
  tenant,
} from '../../../test/support/builders.ts'
import { tokenWorld } from '../../../test/support/token-world.ts'
import type { Authorization } from '../authorization/authorization.ts'
import {
  type DeviceAuthorization,
  deviceSecretHash,
  renderDeviceCode,
} from '../polling/device-authorization.ts'
import { userCodeHash, userCodeOf } from '../polling/user-code.ts'
import { redeemDeviceCode } from './device-code-grant.ts'

const secret = new Secret('s'.repeat(43))
const id = userCodeHash(userCodeOf(new Uint8Array(8)))
const deviceCode = renderDeviceCode(region, { id, secret })
const deviceClient = client({
  grantTypes: ['urn:ietf:params:oauth:grant-type:device_code'],
})

const authorization = (): Authorization => {
  const { client: _client, redirectUriHash: _hash, expiresAt: _end, ...kept } = authorizationCode()
  return kept
}

const device = (more: Partial<DeviceAuthorization> = {}): DeviceAuthorization => ({
  tenant: tenant().id,
  id,
  secretHash: deviceSecretHash(secret),
  client: deviceClient.id,
  scopes: ['openid'],
  issuedAt: inSeconds(-100),
  expiresAt: inSeconds(500),
  interval: seconds(5),
  ...more,
})

function worldWith(more: Partial<DeviceAuthorization> = {}) {
  const { ports, kept } = tokenWorld({ devices: [device(more)] })
  const poll = (at = now, presented = deviceCode, by = deviceClient) =>
    redeemDeviceCode(ports)(grantContext({ client: by, now: at }), {
      grantType: 'urn:ietf:params:oauth:grant-type:device_code',
      deviceCode: presented,
      client: { method: 'none', id: by.id },
      address: '203.0.113.9',
    })
  return { kept, poll }
}

const allowed = () => ({ answer: { kind: 'allowed', authorization: authorization() } }) as const

test('rfc8628 section 3.5: an authorization that nobody has answered is pending', async () => {
  const { poll, kept } = worldWith()
  await expect(poll()).rejects.toMatchObject({ code: 'authorization_pending' })
  expect(kept.devices[0]).toMatchObject({ polledAt: now, interval: 5 })
})

test('rfc8628 section 3.5: each poll that comes too early makes the wait 5 s longer', async () => {
  const { poll, kept } = worldWith({ polledAt: inSeconds(-2) })
  await expect(poll()).rejects.toMatchObject({ code: 'slow_down' })
  expect(kept.devices[0]).toMatchObject({ polledAt: now, interval: 10 })
  await expect(poll(inSeconds(5))).rejects.toMatchObject({ code: 'slow_down' })
  await expect(poll(inSeconds(20))).rejects.toMatchObject({ code: 'authorization_pending' })
  expect(kept.devices[0]).toMatchObject({ interval: 15 })
})

test('rfc8628 section 3.5: of the polls of one second only one is written', async () => {
  const { poll, kept } = worldWith({ polledAt: now })
  const before = kept.devices[0]
  await expect(poll()).rejects.toMatchObject({ code: 'slow_down' })
  expect(kept.devices[0]).toBe(before)
})

test('rfc8628 section 3.5: once allowed, no pace keeps the device from its tokens', async () => {
  const { poll, kept } = worldWith({ ...allowed(), polledAt: now })
  expect(await poll()).toMatchObject({ token_type: 'Bearer', id_token: expect.any(String) })
  expect(kept.families).toHaveLength(1)
  expect(kept.events.at(-1)).toMatchObject({ activity: 'device-redeemed' })
})

test('rfc6749 section 10.5: a device code that comes twice revokes what the first one brought', async () => {
  const { poll, kept } = worldWith(allowed())
  await poll()
  await expect(poll()).rejects.toMatchObject({ code: 'invalid_grant' })
  expect(kept.families[0]).toMatchObject({ revokedAt: now })
  expect(kept.events.at(-1)).toMatchObject({ activity: 'device-replayed' })
})

test.each([
  ['unanswered', {}],
  ['denied', { answer: { kind: 'denied' } }],
  ['allowed', allowed()],
] as const)('rfc8628 section 3.5: after its time it is expired_token: %s', async (_, more) => {
  const { poll, kept } = worldWith(more)
  await expect(poll(inSeconds(500))).rejects.toMatchObject({ code: 'expired_token' })
  expect(kept.families).toEqual([])
})

test('rfc8628 section 3.5: denied is access_denied, with 400 as at this endpoint', async () => {
  const { poll } = worldWith({ answer: { kind: 'denied' } })
  await expect(poll()).rejects.toMatchObject({ code: 'access_denied', status: 400 })
})

test('rfc8628 section 3.4: a device code is its client alone; another one neither redeems nor slows it', async () => {
  const { poll, kept } = worldWith(allowed())
  const other = client({ id: otherClientId })
  await expect(poll(now, deviceCode, other)).rejects.toMatchObject({ code: 'invalid_grant' })
  expect(kept.devices[0]?.polledAt).toBeUndefined()
  expect(kept.families).toEqual([])
})

test.each([
  ['another secret', renderDeviceCode(region, { id, secret: new Secret('t'.repeat(43)) })],
  ['another Region', deviceCode.replace(region, 'us-east-1')],
  ['the user code alone', id],
  ['nothing of ours', 'x'],
])('rfc8628 section 5.2: a device code with %s is unknown', async (_, presented) => {
  const { poll } = worldWith(allowed())
  await expect(poll(now, presented)).rejects.toMatchObject({
    code: 'invalid_grant',
    rule: 'oauth/device/unknown',
  })
})
