import type { ResponseParameters } from '../authorization/authorization-response.ts'
import { signedResponseClaims } from '../authorization/signed-response.ts'
import type { Addressee } from './answer-client.ts'
import { type ProtectionPorts, protectResponse } from './protect-response.ts'

/**
 * Makes an answer one JWT, signed and, if the client has registered for that, encrypted.
 *
 * @spec https://openid.net/specs/oauth-v2-jarm-final.html#section-2.2
 */
export const signResponse =
  (ports: ProtectionPorts) =>
  ({ tenant, client, target, now }: Addressee, answer: ResponseParameters): Promise<string> =>
    protectResponse(ports)(tenant, client, {
      typ: 'JWT',
      claims: signedResponseClaims(target, client.id, answer, now),
      protection: client.authorizationResponse,
    })
