import { sha256Base64url } from '#shared/kernel/digest.ts'
import { type FamilyId, trusted } from '#shared/kernel/ids.ts'
import { invalidGrant } from '../errors.ts'
import type { GrantRequest } from '../messages/token-request.ts'
import { accessTokenResponse, type TokenResponse } from '../messages/token-response.ts'
import { type ExternalUserPorts, externalUser } from './external-user.ts'
import type { GrantContext } from './grant-context.ts'
import { type ExternalLinePorts, openExternalLine } from './open-external-line.ts'
import type { ExternalIdentity } from './verify-external-token.ts'

const refused = (rule: string) =>
  invalidGrant(`oauth/jwt-bearer/${rule}`, 'the assertion is not acceptable')

/**
 * Issues a token for a user whom a trusted issuer vouches for; each assertion counts once.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7523#section-2.1
 * @spec https://www.rfc-editor.org/rfc/rfc7523#section-3.1
 * @throws ProtocolError `invalid_grant`, `invalid_scope` or `invalid_target`
 */
export const redeemJwtBearer =
  (ports: ExternalUserPorts & ExternalLinePorts) =>
  async (
    context: GrantContext,
    request: GrantRequest<'urn:ietf:params:oauth:grant-type:jwt-bearer'>,
  ): Promise<TokenResponse> => {
    const assertion = request.assertion.reveal()
    const user = await externalUser(ports, refused)(context, assertion, request.scopes)
    const issued = await openExternalLine(ports)(context, user.entitlement, {
      id: idOf(user.identity, assertion),
      activity: 'assertion-redeemed',
      expiresAt: user.identity.expiresAt,
      replayed: () => refused('replayed'),
    })
    return accessTokenResponse(issued, context)
  }

/**
 * One for each assertion, so that the line that it begins is the marker of its use.
 *
 * Without a name it is known by what is signed: of one signature anybody can write down others.
 */
function idOf({ claims }: ExternalIdentity, assertion: string): FamilyId {
  const signed = assertion.slice(0, assertion.lastIndexOf('.'))
  const name = claims['jti'] === undefined ? [signed] : [claims['iss'], claims['jti']]
  return trusted<FamilyId>(sha256Base64url(JSON.stringify(name)))
}
