import { expect } from 'vitest'
import { type AuthorizationOutcome, authorize } from '#shared/oidc/flows/authorize.ts'
import { sealInteraction } from '#shared/signin/flows/interactions.ts'
import type { Interaction } from '#shared/signin/interaction.ts'
import { browserCookie, browserWorld, openedFrom, sessionCookie } from './browser-world.ts'
import { callback, clientId, now, tenant } from './builders.ts'
import type { Contents } from './in-memory-store.ts'

const address = '203.0.113.9'

/** A good request, as a query. */
export const requestOf = (more: Record<string, string> = {}): string =>
  new URLSearchParams({
    client_id: clientId,
    redirect_uri: callback,
    response_type: 'code',
    scope: 'openid profile',
    state: 'af0ifjsldkj',
    ...more,
  }).toString()

/** An authorization endpoint, and a browser that is signed in unless the seed says otherwise. */
export function authorizationWorld(seed: Partial<Contents> = {}, by = tenant()) {
  const world = browserWorld(seed)
  const send = (request: string, session: string | undefined = sessionCookie) =>
    authorize(world.ports)(by, {
      kind: 'request',
      request,
      session,
      browser: browserCookie,
      address,
    })
  return {
    ...world,
    send,
    ask: (more: Record<string, string> = {}) => send(requestOf(more)),
    resume: (interaction: string, { browser = browserCookie, session = sessionCookie } = {}) =>
      authorize(world.ports)(by, { kind: 'resume', interaction, session, browser, address }),
    /** The interaction of one of our pages, as the page hands it back. */
    returned: async (location: string, more: Partial<Interaction> = {}) => {
      const interaction = await openedFrom(world, location)
      const handedBack = { ...interaction, returnedAt: now, ...more }
      return sealInteraction(world.ports.sealer, tenant(), handedBack)
    },
  }
}

/** The parameters that the client is sent. */
export function answerOf(outcome: AuthorizationOutcome): URLSearchParams {
  if (outcome.kind !== 'answer' || outcome.response.kind !== 'redirect')
    throw new Error('the client was not answered')
  expect(outcome.response.location).toMatch(/^https:\/\/app\.example\/callback\?/)
  return new URL(outcome.response.location).searchParams
}

/** The page that the person is sent to. */
export function pageOf(outcome: AuthorizationOutcome): string {
  if (outcome.kind !== 'interact') throw new Error('no page is shown')
  return outcome.location
}

/** A refusal that the client is told. */
export const refusalToClient = (code: string, rule: string) => ({
  response: {
    kind: 'redirect',
    location: expect.stringMatching(
      new RegExp(`^https://app.example/callback[?#]error=${code}&.*state=af0ifjsldkj`),
    ),
  },
  refusal: { code, rule },
})
