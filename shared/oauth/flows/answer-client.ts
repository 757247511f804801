import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import {
  type AuthorizationResponse,
  identified,
  placed,
  type ResponseParameters,
  type ResponseTarget,
} from '../authorization/authorization-response.ts'
import { isSigned } from '../authorization/response-mode.ts'
import type { Client } from '../client/client.ts'
import type { ProtectionPorts } from './protect-response.ts'

export interface ResponsePorts {
  /** Loaded only for an answer that is signed. */
  readonly protection: () => Promise<ProtectionPorts>
}

/** Who has asked, and where it waits for the answer. */
export interface Addressee {
  readonly tenant: Tenant
  readonly client: Client
  readonly target: ResponseTarget
  readonly now: EpochSeconds
}

/**
 * Puts an answer on its way to the client: as parameters, or as one signed JWT.
 *
 * @spec https://openid.net/specs/oauth-v2-jarm-final.html#section-2.3
 * @throws ProtocolError `invalid_request` when no key of the client fits its encryption
 */
export const answerClient =
  (ports: ResponsePorts) =>
  async (addressee: Addressee, answer: ResponseParameters): Promise<AuthorizationResponse> => {
    const { target } = addressee
    if (!isSigned(target.responseMode)) return placed(target, identified(target, answer))
    const { signResponse } = await import('./sign-response.ts')
    return placed(target, {
      response: await signResponse(await ports.protection())(addressee, answer),
    })
  }
