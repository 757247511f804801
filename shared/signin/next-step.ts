import { type Consent, scopesAt } from '#shared/consent/consent.ts'
import type { SessionHash } from '#shared/kernel/ids.ts'
import type { Session } from '#shared/session/session.ts'
import type { Requirements } from './interaction.ts'

export type Step = 'sign-in' | 'consent' | 'return'

/** What is there when the next page is decided. */
export interface Evidence {
  /** A live one. */
  readonly session: Session | undefined
  /** What the user has allowed before. */
  readonly consent: Consent | undefined
  /** The session that has pressed the button in this very interaction. */
  readonly allowedBy: SessionHash | undefined
}

/** Decides the next page from what is required and what is there. */
export function nextStep(requirements: Requirements, evidence: Evidence): Step {
  const { session } = evidence
  if (session === undefined || !isAuthenticated(requirements, session)) return 'sign-in'
  return isConsented(requirements, session, evidence) ? 'return' : 'consent'
}

function isAuthenticated(requirements: Requirements, session: Session): boolean {
  const { subject, authenticatedSince, otherThan, methods } = requirements
  if (subject !== undefined && session.user !== subject) return false
  if (otherThan === session.secretHash) return false
  const isEnough = (list: readonly string[]) => list.every((method) => session.amr.includes(method))
  if (methods !== undefined && !methods.some(isEnough)) return false
  return authenticatedSince === undefined || session.authTime >= authenticatedSince
}

function isConsented(requirements: Requirements, session: Session, evidence: Evidence): boolean {
  const required = requirements.consent
  if (required === undefined || evidence.allowedBy === session.secretHash) return true
  if (required.again) return false
  const { scopes = [], resourceScopes = [] } = evidence.consent ?? {}
  const resources = required.services?.map(({ resource }) => resource) ?? []
  return (
    required.scopes.every((scope) => scopes.includes(scope)) &&
    scopesAt(resources, required.scopes).every((each) => resourceScopes.includes(each))
  )
}
