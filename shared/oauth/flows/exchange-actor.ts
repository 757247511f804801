import { unverifiedClaim } from '#shared/jose/unverified-jwt.ts'
import { isExpired } from '#shared/kernel/time.ts'
import { invalidRequest } from '../errors.ts'
import type { BroughtToken } from '../messages/token-exchange-request.ts'
import type { Actor } from '../token/actor.ts'
import { clientOf } from '../trust/trusted-issuer.ts'
import type { BroughtSubject } from './exchange-subject.ts'
import type { GrantContext } from './grant-context.ts'
import { type AccessTokenOpeningPorts, openAccessToken } from './open-access-token.ts'
import { type StandingPorts, standingOf } from './standing-of.ts'
import { type ExternalTokenPorts, verifyExternalToken } from './verify-external-token.ts'

export type ActorPorts = AccessTokenOpeningPorts &
  StandingPorts & { readonly externalTokens: ExternalTokenPorts }

const refused = (rule: string) =>
  invalidRequest(`oauth/token-exchange/actor-${rule}`, 'actor_token is not acceptable')

/**
 * Says who acts for the subject from now on: whom the actor's token names, or the client itself.
 *
 * Nobody is named when a client narrows its own token, nor when it has been allowed to impersonate.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8693#section-1.1
 * @throws ProtocolError `invalid_request`
 */
export const actorOf =
  (ports: ActorPorts) =>
  async (
    context: GrantContext,
    brought: BroughtToken | undefined,
    subject: BroughtSubject,
  ): Promise<Actor | undefined> => {
    const { client, tenant } = context
    if (brought !== undefined) {
      const token = brought.token.reveal()
      const issuer = unverifiedClaim(token, 'iss')
      return issuer === undefined || issuer === tenant.issuer
        ? ofOwnToken(ports, context, token)
        : ofExternalToken(ports, context, token)
    }
    const isItself = subject.issuedTo === client.id || client.tokenExchange?.mayImpersonate
    return isItself ? undefined : { sub: client.id }
  }

/** Only what was issued to the client itself: a token that it has received names somebody else. */
async function ofOwnToken(
  ports: ActorPorts,
  { tenant, client, now }: GrantContext,
  presented: string,
): Promise<Actor> {
  const token = await openAccessToken(ports)(tenant, presented)
  if (token === undefined || isExpired(token.expiresAt, now)) throw refused('token')
  if (token.client !== client.id) throw refused('other-client')
  const standing = await standingOf(ports)(tenant.id, token, now, client)
  if (standing === undefined) throw refused('revoked')
  return { sub: token.subject }
}

async function ofExternalToken(
  { externalTokens }: ActorPorts,
  { tenant, client, now }: GrantContext,
  presented: string,
): Promise<Actor> {
  const verify = verifyExternalToken(externalTokens, refused)
  const { trusted, claims, subject } = await verify(tenant, presented, now)
  if (clientOf(trusted, claims) !== client.id) throw refused('other-client')
  return { iss: trusted.issuer, sub: subject }
}
