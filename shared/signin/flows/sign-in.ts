import { type PasswordPorts, verifyPassword } from '#shared/authn/flows/verify-password.ts'
import type { Secret } from '#shared/kernel/secret.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { Sealer } from '#shared/ports/sealer.ts'
import { openSession, type SessionPorts } from '#shared/session/flows/open-session.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import type { Interaction } from '../interaction.ts'
import type { SignInRequest } from '../messages/sign-in-request.ts'
import { verifyOrigin } from '../origin.ts'
import { openInteraction, returnLocation } from './interactions.ts'

export type SignInOutcome =
  | {
      readonly kind: 'form'
      readonly interaction: Interaction
      readonly sealed: string
      readonly userName?: string
      readonly problem?: 'wrong-password' | 'too-many-attempts'
    }
  | { readonly kind: 'signed-in'; readonly location: string; readonly sessionCookie: Secret }

type SignInPorts = PasswordPorts & SessionPorts & { readonly sealer: Sealer; readonly clock: Clock }

/** Shows the sign-in form, or takes what was typed into it and goes back to the protocol. */
export const signIn =
  (ports: SignInPorts) =>
  async (tenant: Tenant, request: SignInRequest): Promise<SignInOutcome> => {
    if (request.kind === 'submit') verifyOrigin(request.origin, tenant.issuer)
    const now = ports.clock.now()
    const interaction = await openInteraction(ports.sealer, tenant, request, now)
    const form = { kind: 'form', interaction, sealed: request.interaction } as const
    if (request.kind === 'show') return form
    return submit(ports, tenant, form, request)
  }

async function submit(
  ports: SignInPorts,
  tenant: Tenant,
  form: Extract<SignInOutcome, { kind: 'form' }>,
  { attempt, session }: Extract<SignInRequest, { kind: 'submit' }>,
): Promise<SignInOutcome> {
  const now = ports.clock.now()
  const verdict = await verifyPassword(ports)(tenant, attempt, now)
  if (verdict.kind !== 'verified') {
    const problem = verdict.kind === 'wrong' ? 'wrong-password' : 'too-many-attempts'
    return { ...form, userName: attempt.userName, problem }
  }
  const { user } = verdict
  const authentication = { user, amr: ['pwd'], address: attempt.address, cookie: session }
  // Sealed first: what fails after a write would leave a session that nobody was told of.
  const location = await returnLocation(ports.sealer, tenant, form.interaction, now)
  const sessionCookie = await openSession(ports)(tenant, authentication, now)
  return { kind: 'signed-in', location, sessionCookie }
}
