import { ProtocolError } from '#shared/kernel/protocol-error.ts'
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

/** Runs `rules`, so that what they refuse goes back to the client; everything else passes through. */
export async function refusingTo<Result>(
  target: ResponseTarget,
  rules: () => Promise<Result>,
): Promise<Result> {
  try {
    return await rules()
  } catch (error) {
    throw error instanceof ProtocolError ? new AuthorizationError(target, error) : error
  }
}
