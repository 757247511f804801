import { sha256Base64url } from '#shared/kernel/digest.ts'
import { sealedUse } from '#shared/kernel/sealed-content.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { Random } from '#shared/ports/random.ts'
import type { Sealer } from '#shared/ports/sealer.ts'
import { pagePath } from '#shared/tenant/page-path.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { type Interaction, verifyInteraction } from '../interaction.ts'

const sealedInteraction = sealedUse<Interaction>('interaction')

/** Seals an interaction into the text that the pages carry. */
export const sealInteraction = (
  sealer: Sealer,
  tenant: Tenant,
  interaction: Interaction,
): Promise<string> => sealer.seal('interaction', tenant.id, sealedInteraction.mark(interaction))

/**
 * Opens what a page has brought back.
 *
 * @param presented.interaction unverified
 * @param presented.browser value of the browser cookie, unverified
 * @throws ProtocolError `interaction_expired` or `interaction_foreign`
 */
export async function openInteraction(
  sealer: Sealer,
  tenant: Tenant,
  presented: { readonly interaction: string | undefined; readonly browser: string | undefined },
  now: EpochSeconds,
): Promise<Interaction> {
  const opened =
    presented.interaction === undefined
      ? undefined
      : await sealer.open('interaction', tenant.id, presented.interaction)
  const browser = presented.browser === undefined ? undefined : sha256Base64url(presented.browser)
  return verifyInteraction(sealedInteraction.read(opened), browser, now)
}

/** Hands back to the protocol what a page has brought about just now. */
export async function returnLocation(
  sealer: Sealer,
  tenant: Tenant,
  interaction: Interaction,
  now: EpochSeconds,
): Promise<string> {
  const sealed = await sealInteraction(sealer, tenant, { ...interaction, returnedAt: now })
  return interactionPath(tenant, interaction.returnTo, sealed)
}

const browserCookie = /^[A-Za-z0-9_-]{43}$/

/** The browser that pages are bound to: it keeps the cookie it has, so that two tabs can go side by side. */
export const browserOf = (random: Random, presented: string | undefined): string =>
  presented !== undefined && browserCookie.test(presented) ? presented : random.token()

/** Path of one of our own pages, with the sealed interaction. */
export const interactionPath = (tenant: Tenant, page: string, sealed: string): string =>
  `${pagePath(tenant, page)}?interaction=${encodeURIComponent(sealed)}`
