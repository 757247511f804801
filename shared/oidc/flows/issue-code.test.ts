import { expect, test } from 'vitest'
import { readVersioned } from '#shared/kernel/sealed-content.ts'
import type { AuthorizationCode } from '#shared/oauth/token/authorization-code.ts'
import { maximalCodeLength } from '#shared/oauth/token/long-code.ts'
import { answerOf, authorizationWorld } from '../../../test/support/authorization-world.ts'
import { client, region, tenant, userId } from '../../../test/support/builders.ts'

const types = [{ type: 'payment', displayName: 'Pay', fields: ['note'] }]
const by = tenant({ settings: { ...tenant().settings, authorizationDetailsTypes: types } })

const world = () =>
  authorizationWorld({ clients: [client({ authorizationDetailsTypes: ['payment'] })] }, by)

async function codeFor(here: ReturnType<typeof world>, note: string) {
  const authorization_details = JSON.stringify([{ type: 'payment', note }])
  const code = answerOf(await here.ask({ authorization_details, nonce: 'n' })).get('code') ?? ''
  const sealed = code.slice(region.length + 1)
  const opened = await here.ports.sealer.open('code', by.id, sealed)
  return { sealed, content: readVersioned<AuthorizationCode>(opened) }
}

test('a code of usual size holds everything, and nothing is written', async () => {
  const here = world()
  const { content } = await codeFor(here, 'short')
  expect(content).toMatchObject({ nonce: 'n', authorizationDetails: [{ note: 'short' }] })
  expect(here.kept.events).toEqual([])
})

test('a code that would be too long leaves out what can be long, and keeps it once', async () => {
  const here = world()
  const { sealed, content } = await codeFor(here, 'x'.repeat(3000))
  expect(sealed.length).toBeLessThanOrEqual(maximalCodeLength)
  expect(content).toMatchObject({ isLong: true, user: userId })
  expect(content).not.toHaveProperty('authorizationDetails')
  expect(content).not.toHaveProperty('nonce')
  expect(here.kept.longCodes).toMatchObject([{ jti: content?.jti, nonce: 'n' }])
  expect(here.kept.events).toMatchObject([{ activity: 'request-answered', user: userId }])
})
