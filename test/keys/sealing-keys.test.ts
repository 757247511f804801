import { expect, inject, test } from 'vitest'
import { sealingKeyTimes } from '#shared/keys/key-times.ts'
import { localAccess } from '../../tools/local-access.ts'
import { rotate } from '../../tools/rotate.ts'
import { RelyingParty } from '../support/relying-party.ts'
import { fireRotation, turnedTime } from './turned-time.ts'

const origin = inject('clockedOrigin')
const time = await turnedTime(origin)
const offline = { scope: 'openid offline_access' }
const hour = 3600

/** The id of the key that a code or token was sealed with: what stands behind its Region. */
const sealingKeyOf = (sealed: string): string => sealed.split('.')[1] ?? ''

test('architecture, Signing keys: what was sealed before a rotation is accepted after it, and a late replay still revokes', async () => {
  const aws = await localAccess(origin)
  const { pending } = sealingKeyTimes.code
  await time.advance(pending)
  const [redeemer, waiter, visitor] = [1, 2, 3].map(() => new RelyingParty(origin))
  if (!redeemer || !waiter || !visitor) throw new Error('three parties are needed')
  const redeemed = await redeemer.code(offline)
  const tokens = (await redeemer.redeem(redeemed)).body
  const kept = await waiter.tokens(offline)
  const interaction = await visitor.authorize()

  const lines = await rotate({ sealing: true }, aws)
  expect(lines.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual(
    expect.arrayContaining([
      'key-created code',
      'key-created interaction',
      'key-created refresh',
      'key-created handle',
    ]),
  )
  await time.advance(pending - 20)
  const code = await waiter.code()
  await time.advance(40)
  expect(sealingKeyOf(await waiter.code())).not.toBe(sealingKeyOf(code))

  expect((await waiter.redeem(code)).status).toBe(200)
  expect((await visitor.submitPassword(interaction)).url).toContain('code=')
  expect((await waiter.userInfo(kept.accessToken)).status).toBe(200)
  const refreshed = (await waiter.refresh(kept.refreshToken)).body
  expect(sealingKeyOf(String(refreshed['refresh_token']))).not.toBe(sealingKeyOf(kept.refreshToken))

  await time.advance(23 * hour)
  await fireRotation(origin)
  expect((await redeemer.redeem(redeemed)).body).toMatchObject({ error: 'invalid_grant' })
  expect((await redeemer.refresh(String(tokens['refresh_token']))).status).toBe(400)
  expect((await waiter.refresh(String(refreshed['refresh_token']))).status).toBe(200)

  await time.advance(2 * hour)
  await fireRotation(origin)
  expect(await rotate({}, aws)).toEqual(['0 tenants were due, 0 keys have changed'])
})
