import { type AttemptId, trusted } from '#shared/kernel/ids.ts'
import { type EpochSeconds, plus } from '#shared/kernel/time.ts'
import type { Random } from '#shared/ports/random.ts'
import type { UsedProofs } from '#shared/ports/repositories/used-proofs.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { proofMarkerLifetime } from '../possession/proof-time.ts'

/** Uses a proof up, and answers whether it was fresh. */
export const useProof =
  (ports: { readonly usedProofs: UsedProofs; readonly random: Random }) =>
  async (
    tenant: Tenant,
    { jkt, jti }: { readonly jkt: string; readonly jti: string },
    now: EpochSeconds,
  ): Promise<boolean> => {
    const attempt = trusted<AttemptId>(ports.random.id())
    const expiresAt = plus(now, proofMarkerLifetime)
    return (await ports.usedProofs.use(tenant.id, jkt, jti, expiresAt, attempt)) === 'fresh'
  }
