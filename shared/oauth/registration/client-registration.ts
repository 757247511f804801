import { isDeepStrictEqual } from 'node:util'
import { sha256Base64url } from '#shared/kernel/digest.ts'
import { type TenantId, trusted } from '#shared/kernel/ids.ts'
import type { Secret } from '#shared/kernel/secret.ts'
import { type EpochSeconds, epochSeconds, nextSecond, seconds } from '#shared/kernel/time.ts'
import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import type { Client, SecretHash } from '../client/client.ts'
import { responseProtection } from '../client/response-protection.ts'
import { grantsOfPeople } from '../grants/table.ts'
import { knowsPeopleAnew } from '../token/subject-identifier.ts'
import type { ClientMetadata } from './client-metadata.ts'

/** The one form in which a client secret is kept. */
export const clientSecretHash = (secret: Secret): SecretHash =>
  trusted<SecretHash>(sha256Base64url(secret.reveal()))

/** A client that signs users in may ask for `openid` unless its metadata says otherwise. */
function scopesOf(metadata: ClientMetadata): readonly string[] {
  if (metadata.scope !== undefined) return [...new Set(metadata.scope.split(' '))]
  return grantsOfPeople.some((grant) => metadata.grant_types.includes(grant)) ? ['openid'] : []
}

const linksOf = (metadata: ClientMetadata) => ({
  clientUri: metadata.client_uri,
  logoUri: metadata.logo_uri,
  policyUri: metadata.policy_uri,
  tosUri: metadata.tos_uri,
  initiateLoginUri: metadata.initiate_login_uri,
  contacts: metadata.contacts,
  softwareId: metadata.software_id,
  softwareVersion: metadata.software_version,
})

/** A group of members, or nothing when the client has registered none of them. */
function unlessEmpty<Group extends object>(group: Group) {
  const present = withoutAbsent(group)
  return Object.keys(present).length === 0 ? undefined : present
}

const credentialsOf = (metadata: ClientMetadata) => ({
  jwksUri: metadata.jwks_uri,
  tokenEndpointAuthSigningAlg: metadata.token_endpoint_auth_signing_alg,
  certificate: unlessEmpty({
    subjectDn: metadata.tls_client_auth_subject_dn,
    sanDns: metadata.tls_client_auth_san_dns,
    sanUri: metadata.tls_client_auth_san_uri,
    sanIp: metadata.tls_client_auth_san_ip,
    sanEmail: metadata.tls_client_auth_san_email,
  }),
})

const requestsOf = (metadata: ClientMetadata) => ({
  responseTypes: metadata.response_types,
  responseModes: metadata.response_modes,
  requirePushedRequests: metadata.require_pushed_authorization_requests,
  requestObject: unlessEmpty({
    isRequired: metadata.require_signed_request_object,
    signingAlg: metadata.request_object_signing_alg,
    uris: metadata.request_uris,
  }),
  authorizationDetailsTypes: metadata.authorization_details_types,
  defaultAcrValues: metadata.default_acr_values,
  backchannelAuthentication: backchannelAuthenticationOf(metadata),
})

function backchannelAuthenticationOf(metadata: ClientMetadata) {
  const { backchannel_token_delivery_mode: deliveryMode } = metadata
  if (deliveryMode === undefined) return undefined
  return withoutAbsent({
    deliveryMode,
    notificationEndpoint: metadata.backchannel_client_notification_endpoint,
    requestSigningAlg: metadata.backchannel_authentication_request_signing_alg,
  })
}

const tokensOf = (metadata: ClientMetadata) => ({
  subjectType: metadata.subject_type,
  sectorIdentifierUri: metadata.sector_identifier_uri,
  dpopBoundAccessTokens: metadata.dpop_bound_access_tokens,
  certificateBoundAccessTokens: metadata.tls_client_certificate_bound_access_tokens,
  accessTokenFormat: metadata.access_token_format,
  accessTokenSigningAlg: metadata.access_token_signed_response_alg,
  refreshTokenGrace:
    metadata.refresh_token_grace_seconds === undefined
      ? undefined
      : seconds(metadata.refresh_token_grace_seconds),
  resources: metadata.resources,
  tokenExchange:
    metadata.token_exchange &&
    withoutAbsent({
      audiences: metadata.token_exchange.audiences,
      mayImpersonate: metadata.token_exchange.may_impersonate,
    }),
  idToken: responseProtection(metadata, 'id_token'),
  userInfo: responseProtection(metadata, 'userinfo'),
  introspection: responseProtection(metadata, 'introspection'),
  authorizationResponse: responseProtection(metadata, 'authorization'),
})

const logoutOf = (metadata: ClientMetadata) =>
  unlessEmpty({
    backchannelUri: metadata.backchannel_logout_uri,
    backchannelSessionRequired: metadata.backchannel_logout_session_required,
    frontchannelUri: metadata.frontchannel_logout_uri,
    frontchannelSessionRequired: metadata.frontchannel_logout_session_required,
  })

/**
 * The record of a client as its registration metadata describe it; the secret stays behind, hashed.
 *
 * @param registered the record that the metadata replace: unless the client loses a credential, what was
 *   issued to it stays valid
 */
export const toClient = (
  tenant: TenantId,
  metadata: ClientMetadata,
  registered: Client | undefined,
  now: EpochSeconds,
): Client => {
  const declared = { ...declaredClient(tenant, metadata), validAfter: epochSeconds(0) }
  return registered === undefined ? declared : replacing(registered, declared, now)
}

/**
 * The new record of a client, with the moment since when it is trusted.
 *
 * A grant that went on under another subject would tell the client that both are one person.
 *
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#RefreshTokenResponse the subject stays
 */
export function replacing(registered: Client, declared: Client, now: EpochSeconds): Client {
  const beginsAnew = losesCredential(registered, declared) || knowsPeopleAnew(registered, declared)
  return { ...declared, validAfter: beginsAnew ? nextSecond(now) : registered.validAfter }
}

/** A credential is taken away because it may be in other hands, and so may what it was used to get. */
const losesCredential = (registered: Client, declared: Omit<Client, 'validAfter'>): boolean =>
  registered.tokenEndpointAuthMethod !== declared.tokenEndpointAuthMethod ||
  registered.jwksUri !== declared.jwksUri ||
  !isDeepStrictEqual(registered.certificate, declared.certificate) ||
  !registered.secretHashes.every((hash) => declared.secretHashes.includes(hash)) ||
  !registered.keys.every((key) => declared.keys.some((kept) => isDeepStrictEqual(kept, key)))

const declaredClient = (
  tenant: TenantId,
  metadata: ClientMetadata,
): Omit<Client, 'validAfter'> => ({
  tenant,
  id: metadata.client_id,
  name: metadata.client_name ?? metadata.client_id,
  applicationType: metadata.application_type,
  redirectUris: metadata.redirect_uris,
  postLogoutRedirectUris: metadata.post_logout_redirect_uris,
  grantTypes: metadata.grant_types,
  tokenEndpointAuthMethod: metadata.token_endpoint_auth_method,
  secretHashes:
    metadata.client_secret === undefined ? [] : [clientSecretHash(metadata.client_secret)],
  keys: metadata.jwks?.keys ?? [],
  scopes: scopesOf(metadata),
  skipConsent: metadata.skip_consent,
  ...(metadata.default_max_age !== undefined && {
    defaultMaxAge: seconds(metadata.default_max_age),
  }),
  ...withoutAbsent({
    ...linksOf(metadata),
    ...credentialsOf(metadata),
    ...requestsOf(metadata),
    ...tokensOf(metadata),
    logout: logoutOf(metadata),
  }),
})
