import { describe, expect, test } from 'vitest'
import { sha256Base64url } from '#shared/kernel/digest.ts'
import { type TenantId, trusted } from '#shared/kernel/ids.ts'
import { clientId, inSeconds, now, tenant } from '../../../test/support/builders.ts'
import { plainSealer } from '../../../test/support/fake-ports.ts'
import type { Interaction } from '../interaction.ts'
import { interactionPath, openInteraction, sealInteraction } from './interactions.ts'

const browser = 'b'.repeat(43)
const interaction: Interaction = {
  returnTo: 'oauth2/authorize/resume',
  request: 'a=b',
  client: clientId,
  clientName: 'Harbour',
  browser: sha256Base64url(browser),
  expiresAt: inSeconds(60),
  requirements: {},
}

const sealer = plainSealer()
const sealed = await sealInteraction(sealer, tenant(), interaction)
const open = (presented: string | undefined, by: string | undefined = browser, at = tenant()) =>
  openInteraction(sealer, at, { interaction: presented, browser: by }, now)

test('what was sealed opens in the browser that began', async () => {
  expect(await open(sealed)).toMatchObject(interaction)
})

describe('rfc9700 section 4.7: it does not open', () => {
  const expired = { code: 'interaction_expired', status: 400 }

  test('in another browser, nor in one without the cookie', async () => {
    for (const other of ['x'.repeat(43), '', sha256Base64url(browser)]) {
      await expect(open(sealed, other)).rejects.toMatchObject({ code: 'interaction_foreign' })
    }
    const without = openInteraction(
      sealer,
      tenant(),
      { interaction: sealed, browser: undefined },
      now,
    )
    await expect(without).rejects.toMatchObject({ code: 'interaction_foreign' })
  })

  test('at another tenant', async () => {
    const other = tenant({ id: trusted<TenantId>('other') })
    await expect(open(sealed, browser, other)).rejects.toMatchObject(expired)
  })

  test.each([undefined, '', 'x', 'bnVsbA'])('when it is %s', async (presented) => {
    await expect(open(presented)).rejects.toMatchObject(expired)
  })

  test('when it is a sealed code, or of another version', async () => {
    const code = await sealer.seal('code', tenant().id, { v: 1, ...interaction })
    const old = await sealer.seal('interaction', tenant().id, { v: 0, ...interaction })
    for (const other of [code, old]) await expect(open(other)).rejects.toMatchObject(expired)
  })
})

test('the path of a page is below the tenant, whatever the sealed text holds', () => {
  expect(interactionPath(tenant(), 'signin', 'a+/=&#')).toBe(
    '/acme/signin?interaction=a%2B%2F%3D%26%23',
  )
})
