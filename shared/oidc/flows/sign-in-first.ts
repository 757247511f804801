import { sha256Base64url } from '#shared/kernel/digest.ts'
import { type EpochSeconds, plus } from '#shared/kernel/time.ts'
import type { Random } from '#shared/ports/random.ts'
import type { Sealer } from '#shared/ports/sealer.ts'
import { browserOf, interactionPath, sealInteraction } from '#shared/signin/flows/interactions.ts'
import { interactionLifetime } from '#shared/signin/interaction.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import type { InteractionStart } from './begin-interaction.ts'

/** One of our own pages that only somebody who is signed in may see. */
export interface OwnPage {
  /** Path below the tenant. */
  readonly path: string
  /** What the page will want to know again. */
  readonly request: string
  /** Value of the browser cookie, unverified. */
  readonly browser: string | undefined
}

/** Sends a person to the sign-in page, and from there to a page of our own. */
export const signInFirst =
  (ports: { readonly sealer: Sealer; readonly random: Random }) =>
  async (tenant: Tenant, page: OwnPage, now: EpochSeconds): Promise<InteractionStart> => {
    const browser = browserOf(ports.random, page.browser)
    const sealed = await sealInteraction(ports.sealer, tenant, {
      returnTo: page.path,
      request: page.request,
      browser: sha256Base64url(browser),
      expiresAt: plus(now, interactionLifetime),
      requirements: {},
    })
    return { location: interactionPath(tenant, 'signin', sealed), browser }
  }
