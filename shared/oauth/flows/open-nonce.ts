import { readVersioned } from '#shared/kernel/sealed-content.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { Sealer } from '#shared/ports/sealer.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { type DpopNonce, isFreshNonce } from '../possession/dpop-nonce.ts'

/**
 * Says what the nonce of a proof is worth; one that is missing where it must be is worth nothing.
 *
 * Where nonces are not demanded, none of them is ours: the claim says nothing.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9449#section-8
 * @spec https://www.rfc-editor.org/rfc/rfc9449#section-11.3
 * @param nonce unverified
 */
export const openNonce =
  (ports: { readonly sealer: Sealer }) =>
  async (
    tenant: Tenant,
    nonce: unknown,
    now: EpochSeconds,
  ): Promise<'absent' | 'fresh' | 'worthless'> => {
    if (tenant.settings.requiresProofNonce !== true) return 'absent'
    const opened =
      typeof nonce === 'string' ? await ports.sealer.open('nonce', tenant.id, nonce) : undefined
    const ours = readVersioned<DpopNonce>(opened)
    return ours !== undefined && isFreshNonce(ours, now) ? 'fresh' : 'worthless'
  }
