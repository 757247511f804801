import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { Sealer } from '#shared/ports/sealer.ts'
import { interactionExpired } from '#shared/signin/errors.ts'
import { openInteraction } from '#shared/signin/flows/interactions.ts'
import { type Interaction, verifyReturn } from '#shared/signin/interaction.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import type { AuthorizationInput } from '../messages/authorization-input.ts'
import { readSentRequest, type SentAuthorizationRequest } from '../messages/sent-request.ts'
import { resumePath } from '../resume-path.ts'

/** A request that is new, or that comes back from the pages. */
export interface PendingRequest {
  readonly text: string
  readonly sent: SentAuthorizationRequest
  /** The interaction it comes back from, absent for a new request. */
  readonly resumed: Interaction | undefined
}

/**
 * Reads a request, or the interaction in which one comes back.
 *
 * The interactions of other pages require less of the person, so they are none of ours.
 *
 * @throws ProtocolError `interaction_expired` or `interaction_foreign` when it comes back wrongly
 */
export async function pendingRequest(
  sealer: Sealer,
  tenant: Tenant,
  input: Exclude<AuthorizationInput, { kind: 'posted' }>,
  now: EpochSeconds,
): Promise<PendingRequest> {
  if (input.kind === 'request') return requestedAs(input.request)
  const interaction = await openInteraction(sealer, tenant, input, now)
  verifyReturn(interaction, now)
  if (interaction.returnTo !== resumePath) {
    throw interactionExpired('oidc/authorize/other-interaction', 'this page was opened for another')
  }
  return { ...requestedAs(interaction.request), resumed: interaction }
}

/** A new request, which was sent as this query. */
export const requestedAs = (text: string): PendingRequest => ({
  text,
  sent: readSentRequest(text),
  resumed: undefined,
})
