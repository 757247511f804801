import type { ProtocolError } from '#shared/kernel/protocol-error.ts'
import type { ResponseTarget } from './authorization-response.ts'

/** A refusal that is told to the client, whose redirect URI has been verified by now. */
export class AuthorizationError extends Error {
  readonly target: ResponseTarget
  readonly refusal: ProtocolError

  constructor(target: ResponseTarget, refusal: ProtocolError) {
    super(refusal.message, { cause: refusal })
    this.name = 'AuthorizationError'
    this.target = target
    this.refusal = refusal
  }
}
