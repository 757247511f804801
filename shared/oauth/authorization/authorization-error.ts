import type { ProtocolError } from '#shared/kernel/protocol-error.ts'
import type { AuthorizationResponse } from './authorization-response.ts'

/** A refusal that is told to the client, whose redirect URI has been verified by now. */
export class AuthorizationError extends Error {
  readonly response: AuthorizationResponse
  readonly refusal: ProtocolError

  constructor(response: AuthorizationResponse, refusal: ProtocolError) {
    super(refusal.message, { cause: refusal })
    this.name = 'AuthorizationError'
    this.response = response
    this.refusal = refusal
  }
}
