import { describe, expect, test } from 'vitest'
import { clientId, inSeconds, now } from '../../test/support/builders.ts'
import { thrownBy } from '../../test/support/refusals.ts'
import { type Interaction, interactionLifetime, verifyInteraction } from './interaction.ts'

const interaction: Interaction = {
  returnTo: 'oauth2/authorize/resume',
  request: 'a=b',
  client: clientId,
  clientName: 'Harbour',
  browser: 'hash',
  expiresAt: inSeconds(1),
  requirements: {},
}

test('an interaction that runs in the browser that began it', () => {
  expect(verifyInteraction(interaction, 'hash', now)).toBe(interaction)
})

describe('a person has half an hour from the first page to the last', () => {
  test('from the second of its end on an interaction has expired', () => {
    expect(interactionLifetime).toBe(1800)
    const late = () => verifyInteraction(interaction, 'hash', inSeconds(1))
    expect(thrownBy(late)).toMatchObject({
      code: 'interaction_expired',
      status: 400,
      rule: 'signin/interaction/expired',
    })
  })

  test('what is not ours reads the same as what has expired', () => {
    expect(thrownBy(() => verifyInteraction(undefined, 'hash', now))).toMatchObject({
      code: 'interaction_expired',
      rule: 'signin/interaction/expired',
    })
  })
})

test.each([undefined, '', 'other', 'HASH'])(
  'rfc9700 section 4.7: in another browser it is foreign: %s',
  (browser) => {
    expect(thrownBy(() => verifyInteraction(interaction, browser, now))).toMatchObject({
      code: 'interaction_foreign',
      status: 400,
      rule: 'signin/interaction/browser',
    })
  },
)
