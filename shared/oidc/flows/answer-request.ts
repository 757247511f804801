import type { Region } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import {
  type AuthorizationResponse,
  authorizationResponse,
  type ResponseTarget,
} from '#shared/oauth/authorization-response.ts'
import type { Client } from '#shared/oauth/client.ts'
import type { Random } from '#shared/ports/random.ts'
import type { Sealer } from '#shared/ports/sealer.ts'
import type { Session } from '#shared/session/session.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import type { AuthorizationRequest } from '../messages/authorization-request.ts'
import { sessionStateParameters } from '../session-state.ts'
import { issueCode } from './issue-code.ts'

export interface AnswerPorts {
  readonly sealer: Sealer
  readonly random: Random
  readonly region: Region
}

/** What the client is answered to, once nothing is left to ask the person. */
export interface AuthorizedRequest {
  readonly client: Client
  readonly target: ResponseTarget
  readonly request: AuthorizationRequest
  readonly scopes: readonly string[]
  readonly session: Session
}

/**
 * Answers a request that the user has authorized.
 *
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#AuthResponse
 */
export const answerRequest =
  (ports: AnswerPorts) =>
  async (
    tenant: Tenant,
    authorized: AuthorizedRequest,
    now: EpochSeconds,
  ): Promise<AuthorizationResponse> => {
    const { target } = authorized
    const { redirectUri } = target
    const code = await issueCode(ports)(tenant, { ...authorized, redirectUri }, now)
    const watched = sessionStateParameters(
      tenant,
      { ...authorized, redirectUri },
      ports.random.id(),
    )
    return authorizationResponse(target, { code, ...watched })
  }
