import { type FamilyId, type Generation, trusted } from '#shared/kernel/ids.ts'
import { epochSeconds, plus } from '#shared/kernel/time.ts'
import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import type { Authorization } from '#shared/oauth/authorization/authorization.ts'
import { answersWith } from '#shared/oauth/authorization/response-type.ts'
import { listensByDocument } from '#shared/oauth/client/logout-listener.ts'
import { type AccessTokenPorts, issueAccessToken } from '#shared/oauth/flows/issue-access-token.ts'
import { subjectFor } from '#shared/oauth/flows/subjects.ts'
import { writeFamily } from '#shared/oauth/flows/write-family.ts'
import type { IssuedAccessToken } from '#shared/oauth/token/access-token.ts'
import type { IdTokenFacts } from '#shared/oauth/token/id-token-facts.ts'
import type { RefreshFamily } from '#shared/oauth/token/refresh-family.ts'
import type { RefreshFamilies } from '#shared/ports/repositories/refresh-families.ts'
import { type AuthorizedRequest, authorizationOf } from './authorized-request.ts'
import { type IdTokenPorts, issueIdToken } from './issue-id-token.ts'

export type FrontChannelPorts = AccessTokenPorts &
  IdTokenPorts & { readonly refreshFamilies: Pick<RefreshFamilies, 'open'> }

/** What else the answer is made of. */
export interface Beside {
  /** Of the tokens that are handed out. */
  readonly family: FamilyId
  readonly code: string | undefined
}

/**
 * Hands out an access token and an ID token at the authorization endpoint, as the response type asks.
 *
 * They have a family of their own, written before they leave: whatever ends the session, or comes
 * twice with the code beside them, reaches them by it, and it is what the audit log is told by.
 *
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#ImplicitAuthResponse
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#HybridAuthResponse
 */
export const handOutTokens =
  (ports: FrontChannelPorts) =>
  async (
    authorized: AuthorizedRequest,
    beside: Beside,
  ): Promise<Readonly<Record<string, string>>> => {
    const { tenant, client, request, now } = authorized
    const authorization = authorizationOf(authorized, beside.family)
    const family = familyOf(authorized, authorization)
    const subject = await subjectFor(ports)(tenant, client, family.user)
    const access = answersWith(request.responseType, 'token')
      ? await issueAccessToken(ports)(authorized, {
          ...family,
          subject,
          family,
          notAfter: family.expiresAt,
        })
      : undefined
    const idToken = answersWith(request.responseType, 'id_token')
      ? await issueIdToken(ports)(authorized, {
          ...authorization,
          subject,
          ...besideIdToken(authorized, beside, access),
        })
      : undefined
    await writeFamily(ports, authorized, family, 'token-issued')
    return {
      ...(access && {
        access_token: access.token,
        token_type: 'Bearer',
        expires_in: String(access.expiresAt - now),
        ...(access.scopes.length > 0 && { scope: access.scopes.join(' ') }),
      }),
      ...withoutAbsent({ id_token: idToken }),
    }
  }

/** Lives as long as the session, so that the client hears of its end. */
function familyOf(
  { tenant, client, session, now }: AuthorizedRequest,
  { jti: id, issuedAt: openedAt, nonce: _, ...authorization }: Authorization,
): RefreshFamily {
  const tokenEnd = plus(now, tenant.settings.accessTokenLifetime)
  return {
    ...authorization,
    tenant: tenant.id,
    id,
    client: client.id,
    offline: false,
    generation: trusted<Generation>(0),
    openedAt,
    expiresAt: epochSeconds(Math.max(tokenEnd, session.expiresAt)),
    ...withoutAbsent({ listensByDocument: listensByDocument(client) || undefined }),
  }
}

/** What the ID token is bound to, and the claims that only it can bring. */
const besideIdToken = (
  { request, scopes, target: { state } }: AuthorizedRequest,
  { code }: Beside,
  access: IssuedAccessToken | undefined,
): Partial<IdTokenFacts> =>
  withoutAbsent({
    code,
    state,
    accessToken: access?.token,
    carriedScopes: request.responseType === 'id_token' ? scopes : undefined,
  })
