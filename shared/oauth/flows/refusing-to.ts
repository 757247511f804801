import { ProtocolError } from '#shared/kernel/protocol-error.ts'
import { AuthorizationError } from '../authorization-error.ts'
import type { ResponseTarget } from '../authorization-response.ts'

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
