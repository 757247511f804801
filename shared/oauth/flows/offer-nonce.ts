import { versioned } from '#shared/kernel/sealed-content.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { Sealer } from '#shared/ports/sealer.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { dpopNonce } from '../possession/dpop-nonce.ts'

/**
 * Makes the nonce of this minute; nothing is stored, and whoever has it learns nothing.
 *
 * None is given out where none is demanded: whoever has been given one must not come without.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9449#section-8
 * @spec https://www.rfc-editor.org/rfc/rfc9449#section-11.3
 */
export const offerNonce =
  (ports: { readonly sealer: Sealer; readonly clock: Clock }) =>
  async (tenant: Tenant): Promise<string | undefined> => {
    if (tenant.settings.requiresProofNonce !== true) return undefined
    const nonce = versioned(dpopNonce(ports.clock.now()))
    return ports.sealer.sealDeterministically('nonce', tenant.id, nonce)
  }
