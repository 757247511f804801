import { readParameters } from '#shared/kernel/parameters.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { Sealer } from '#shared/ports/sealer.ts'
import { openInteraction } from '#shared/signin/flows/interactions.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import type { AuthorizationInput } from '../messages/authorization-input.ts'
import type { SentAuthorizationRequest } from '../messages/authorization-request.ts'

/** A request that is new, or that comes back from the pages with the moment it first arrived. */
export interface PendingRequest {
  readonly text: string
  readonly sent: SentAuthorizationRequest
  readonly startedAt: EpochSeconds
  readonly isResumed: boolean
  readonly isDenied: boolean
}

/** @throws ProtocolError `interaction_expired` or `interaction_foreign` when it comes back wrongly */
export async function pendingRequest(
  sealer: Sealer,
  tenant: Tenant,
  input: Exclude<AuthorizationInput, { kind: 'posted' }>,
  now: EpochSeconds,
): Promise<PendingRequest> {
  if (input.kind === 'request') return pending(input.request, now)
  const interaction = await openInteraction(sealer, tenant, input, now)
  return {
    ...pending(interaction.request, interaction.startedAt),
    isResumed: true,
    isDenied: interaction.outcome === 'denied',
  }
}

const pending = (text: string, startedAt: EpochSeconds): PendingRequest => ({
  text,
  sent: readParameters(new URLSearchParams(text)),
  startedAt,
  isResumed: false,
  isDenied: false,
})
