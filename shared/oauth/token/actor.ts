import { invalidRequest } from '../errors.ts'
import type { ExternalClaims } from '../trust/trusted-issuer.ts'

/** Who acts, as `act` names it; whoever acted before stands inside. */
export interface Actor {
  readonly sub: string
  readonly iss?: string
  readonly act?: Actor
}

/**
 * Adds who acts now in front of those who have acted before.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8693#section-4.1
 */
export const actorChain = (
  actor: Actor | undefined,
  before: Actor | undefined,
): Actor | undefined => {
  if (actor === undefined) return before
  return before === undefined ? actor : { ...actor, act: before }
}

/** Longer chains say nothing that anybody checks, and would make tokens grow without end. */
const longestChain = 5

/** @throws ProtocolError `invalid_request` */
export function verifyChainLength(actor: Actor | undefined): void {
  let [length, next] = [0, actor]
  while (next !== undefined) [length, next] = [length + 1, next.act]
  if (length <= longestChain) return
  throw invalidRequest('oauth/actor/chain', 'too many have acted one for another')
}

/**
 * Refuses an actor that the subject's token does not name as the one that may act.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8693#section-4.4
 * @param issuer who says who the actor is, unless the actor names somebody else
 * @throws ProtocolError `invalid_request`
 */
export function verifyMayAct(
  claims: ExternalClaims | undefined,
  actor: Actor | undefined,
  issuer: string,
): void {
  const mayAct = claims?.['may_act']
  if (mayAct === undefined) return
  const identity: Readonly<Record<string, unknown>> = { iss: issuer, ...actor }
  const isNamed =
    actor !== undefined &&
    typeof mayAct === 'object' &&
    mayAct !== null &&
    'sub' in mayAct &&
    Object.entries(mayAct).every(([name, value]) => identity[name] === value)
  if (isNamed) return
  throw invalidRequest('oauth/actor/may-act', 'the subject has named another actor')
}
