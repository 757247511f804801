import type { Consent } from '#shared/consent/consent.ts'
import type { Session } from '#shared/session/session.ts'
import type { Requirements } from './interaction.ts'

export type Step = 'sign-in' | 'consent' | 'return'

/** Decides the next page from what is required and what is there. @param session a live one */
export function nextStep(
  requirements: Requirements,
  session: Session | undefined,
  consent: Consent | undefined,
): Step {
  if (session === undefined || !isAuthenticated(requirements, session)) return 'sign-in'
  return isConsented(requirements, consent) ? 'return' : 'consent'
}

function isAuthenticated(requirements: Requirements, session: Session): boolean {
  const { subject, authenticatedSince } = requirements
  if (subject !== undefined && session.user !== subject) return false
  return authenticatedSince === undefined || session.authTime >= authenticatedSince
}

function isConsented(requirements: Requirements, consent: Consent | undefined): boolean {
  const required = requirements.consent
  if (required === undefined) return true
  if (consent === undefined) return false
  const isRecent = required.since === undefined || consent.grantedAt >= required.since
  return isRecent && required.scopes.every((scope) => consent.scopes.includes(scope))
}
