import type { SigningAlgorithm } from '#shared/jose/algorithms.ts'
import { withRegion } from '#shared/kernel/home-region.ts'
import type { Region } from '#shared/kernel/ids.ts'
import { type EpochSeconds, epochSeconds, plus } from '#shared/kernel/time.ts'
import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import type { Random } from '#shared/ports/random.ts'
import type { ResourceServers } from '#shared/ports/repositories/resource-servers.ts'
import type { Sealer } from '#shared/ports/sealer.ts'
import type { TokenSigner } from '#shared/ports/token-signer.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import type { AuthorizationDetail } from '../authorization/authorization.ts'
import {
  detailsForResources,
  narrowAuthorizationDetails,
} from '../authorization/authorization-details.ts'
import {
  narrowResources,
  scopesForResources,
  verifyUnambiguous,
} from '../authorization/resource-indicator.ts'
import {
  type AccessToken,
  accessTokenClaims,
  type IssuedAccessToken,
  sealedLine,
  type TokenLine,
} from '../token/access-token.ts'
import { accessTokenForm } from '../token/access-token-form.ts'
import type { Actor } from '../token/actor.ts'
import { opaqueTokenContent } from '../token/opaque-token.ts'
import { isOwnResource } from '../token/protected-resource.ts'
import type { RefreshFamily } from '../token/refresh-family.ts'
import { verifyEntitlement } from '../token/resource-entitlement.ts'
import { findResources } from './find-resources.ts'
import type { GrantContext } from './grant-context.ts'

export interface AccessTokenPorts {
  readonly signer: TokenSigner
  readonly sealer: Sealer
  readonly random: Random
  readonly region: Region
  readonly resourceServers: Pick<ResourceServers, 'find'>
}

/** What an access token is issued for. */
export interface AccessTokenGrant {
  /** Whom it speaks of: a user, or the client itself. */
  readonly subject: string
  readonly scopes: readonly string[]
  readonly resources?: readonly string[]
  /** No person was asked, nor has anybody else named the resources for the client. */
  readonly isUnasked?: true
  readonly authorizationDetails?: readonly AuthorizationDetail[]
  readonly authTime?: EpochSeconds
  readonly acr?: string
  /** The line of tokens it belongs to; a client that acts for itself has none. */
  readonly family?: Pick<RefreshFamily, 'user' | 'id'>
  /** Who acts for the subject, where it does not act by itself. */
  readonly actor?: Actor
  /** It ends then at the latest. */
  readonly notAfter?: EpochSeconds
}

/**
 * Issues an access token, in the form that the resource servers and the client want.
 *
 * Nothing is written, but the proof of the key that the token is bound to is used up.
 *
 * @throws ProtocolError `invalid_target` or `invalid_dpop_proof`
 */
export const issueAccessToken =
  (ports: AccessTokenPorts) =>
  async (context: GrantContext, grant: AccessTokenGrant): Promise<IssuedAccessToken> => {
    const { tenant, client, now } = context
    const audience = narrowResources(context.narrowing?.resources ?? [], grant.resources ?? [])
    const resources = await findResources(ports, tenant, audience)
    if (grant.isUnasked) verifyEntitlement(client, resources)
    const { format, alg, lifetime } = accessTokenForm(tenant, client, resources)
    const end = plus(now, lifetime)
    const isForIssuer = audience.some((each) => isOwnResource(tenant.issuer, each))
    const scopes = scopesForResources(grant.scopes, resources, isForIssuer)
    verifyUnambiguous(scopes, resources, isForIssuer)
    const authorizationDetails = detailsFor(context, grant, audience)
    const token: AccessToken = {
      subject: grant.subject,
      audience: audienceOf(tenant.issuer, audience),
      client: client.id,
      scopes,
      jti: withRegion(ports.region, ports.random.id()),
      issuedAt: now,
      expiresAt: epochSeconds(Math.min(end, grant.notAfter ?? end)),
      ...withoutAbsent({
        authTime: grant.authTime,
        acr: grant.acr,
        authorizationDetails,
        confirmation: context.confirmation,
        actor: grant.actor,
        line: grant.family && { user: grant.family.user, family: grant.family.id },
      }),
    }
    const issued =
      format === 'opaque'
        ? await sealOpaque(ports, tenant, token)
        : await signJwt(ports, tenant, token, alg)
    await context.useProof?.()
    const { expiresAt } = token
    return { token: issued, expiresAt, scopes, ...withoutAbsent({ authorizationDetails }) }
  }

/** @throws ProtocolError `invalid_authorization_details` */
function detailsFor(
  { narrowing }: GrantContext,
  { authorizationDetails: authorized }: AccessTokenGrant,
  audience: readonly string[],
): readonly AuthorizationDetail[] | undefined {
  const narrowed = narrowAuthorizationDetails(narrowing?.authorizationDetails, authorized)
  return detailsForResources(narrowed, audience)
}

/** @spec https://www.rfc-editor.org/rfc/rfc9068#section-3 a default where no resource is named */
function audienceOf(issuer: string, resources: readonly string[]): string | readonly string[] {
  const [only = issuer, ...others] = resources
  return others.length === 0 ? only : resources
}

async function sealOpaque(
  { sealer, region }: AccessTokenPorts,
  { id }: Tenant,
  token: AccessToken,
): Promise<string> {
  return withRegion(region, await sealer.seal('access', id, opaqueTokenContent(token)))
}

async function signJwt(
  { sealer, signer }: AccessTokenPorts,
  tenant: Tenant,
  token: AccessToken,
  alg: SigningAlgorithm,
): Promise<string> {
  const seal = (line: TokenLine) =>
    sealer.sealDeterministically('handle', tenant.id, sealedLine.mark(line))
  const claims = accessTokenClaims(tenant.issuer, token, token.line && (await seal(token.line)))
  return signer.sign(tenant, { typ: 'at+jwt', alg }, claims)
}
