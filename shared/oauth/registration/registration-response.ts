import type { Secret } from '#shared/kernel/secret.ts'
import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import type { Client, ResponseProtection } from '../client/client.ts'
import type { ProtectedResponse } from '../client/response-protection.ts'
import type { RegisteredClient } from './registration-token.ts'

export type RegistrationResponse = Readonly<Record<string, unknown>>

/** Where a client looks after its registration. */
const configurationEndpoint = ({ issuer }: Tenant, { id }: Pick<Client, 'id'>): string =>
  `${issuer}/oauth2/register/${id}`

/**
 * Tells a client what it is registered as, with all that we have put in its place.
 *
 * A secret is told once: only its hash is kept.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7591#section-3.2.1
 * @spec https://www.rfc-editor.org/rfc/rfc7592#section-3
 */
export function registrationResponse(
  tenant: Tenant,
  client: RegisteredClient,
  { token, secret }: { readonly token: Secret; readonly secret?: Secret | undefined },
): RegistrationResponse {
  const { issuedAt, softwareStatement } = client.dynamicRegistration
  return withoutAbsent({
    client_id: client.id,
    client_id_issued_at: issuedAt,
    client_secret: secret?.reveal(),
    client_secret_expires_at: client.secretHashes.length > 0 ? 0 : undefined,
    registration_access_token: token.reveal(),
    registration_client_uri: configurationEndpoint(tenant, client),
    software_statement: softwareStatement,
    ...metadataOf(client),
  })
}

/** The registration metadata that a client was made of. */
export const metadataOf = (client: Client): RegistrationResponse =>
  withoutAbsent({
    client_name: client.name === client.id ? undefined : client.name,
    application_type: client.applicationType,
    redirect_uris: client.redirectUris,
    post_logout_redirect_uris: unlessNone(client.postLogoutRedirectUris),
    grant_types: client.grantTypes,
    response_types: client.responseTypes ?? defaultResponseTypes(client),
    token_endpoint_auth_method: client.tokenEndpointAuthMethod,
    scope: client.scopes.join(' '),
    default_max_age: client.defaultMaxAge,
    ...credentialsOf(client),
    ...requestsOf(client),
    ...tokensOf(client),
    ...protectionOf('id_token', client.idToken),
    ...protectionOf('userinfo', client.userInfo),
    ...protectionOf('introspection', client.introspection),
    ...protectionOf('authorization', client.authorizationResponse),
    ...noticesOf(client),
    ...linksOf(client),
  })

const unlessNone = (list: readonly unknown[]) => (list.length === 0 ? undefined : list)

/** @spec https://www.rfc-editor.org/rfc/rfc7591#section-2 */
const defaultResponseTypes = ({ grantTypes }: Client): readonly string[] =>
  grantTypes.includes('authorization_code') ? ['code'] : []

const credentialsOf = ({ keys, certificate, ...client }: Client) => ({
  jwks: keys.length === 0 ? undefined : { keys },
  jwks_uri: client.jwksUri,
  token_endpoint_auth_signing_alg: client.tokenEndpointAuthSigningAlg,
  tls_client_auth_subject_dn: certificate?.subjectDn,
  tls_client_auth_san_dns: certificate?.sanDns,
  tls_client_auth_san_uri: certificate?.sanUri,
  tls_client_auth_san_ip: certificate?.sanIp,
  tls_client_auth_san_email: certificate?.sanEmail,
})

const requestsOf = ({ requestObject, backchannelAuthentication, ...client }: Client) => ({
  require_pushed_authorization_requests: client.requirePushedRequests,
  require_signed_request_object: requestObject?.isRequired,
  request_object_signing_alg: requestObject?.signingAlg,
  request_uris: requestObject?.uris,
  response_modes: client.responseModes,
  authorization_details_types: client.authorizationDetailsTypes,
  default_acr_values: client.defaultAcrValues,
  backchannel_token_delivery_mode: backchannelAuthentication?.deliveryMode,
  backchannel_client_notification_endpoint: backchannelAuthentication?.notificationEndpoint,
  backchannel_authentication_request_signing_alg: backchannelAuthentication?.requestSigningAlg,
})

const tokensOf = (client: Client) => ({
  subject_type: client.subjectType,
  sector_identifier_uri: client.sectorIdentifierUri,
  dpop_bound_access_tokens: client.dpopBoundAccessTokens,
  tls_client_certificate_bound_access_tokens: client.certificateBoundAccessTokens,
  access_token_format: client.accessTokenFormat,
  access_token_signed_response_alg: client.accessTokenSigningAlg,
})

const protectionOf = (response: ProtectedResponse, protection: ResponseProtection | undefined) => ({
  [`${response}_signed_response_alg`]: protection?.signingAlg,
  [`${response}_encrypted_response_alg`]: protection?.encryptionAlg,
  [`${response}_encrypted_response_enc`]: protection?.encryptionEnc,
})

const noticesOf = ({ logout, ...client }: Client) => ({
  initiate_login_uri: client.initiateLoginUri,
  backchannel_logout_uri: logout?.backchannelUri,
  backchannel_logout_session_required: logout?.backchannelSessionRequired,
  frontchannel_logout_uri: logout?.frontchannelUri,
  frontchannel_logout_session_required: logout?.frontchannelSessionRequired,
})

const linksOf = (client: Client) => ({
  client_uri: client.clientUri,
  logo_uri: client.logoUri,
  policy_uri: client.policyUri,
  tos_uri: client.tosUri,
  contacts: client.contacts,
  software_id: client.softwareId,
  software_version: client.softwareVersion,
})
