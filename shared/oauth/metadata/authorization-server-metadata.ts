import type { Tenant } from '#shared/tenant/tenant.ts'
import { assertionAlgorithms } from '../authentication/client-assertion.ts'
import { scopesOfPeople } from '../authorization/scope.ts'
import { authenticationMethods, isByCertificate } from '../client/authentication-methods.ts'
import { grantTypes } from '../grants/table.ts'
import { inquiryMetadata } from './inquiry-metadata.ts'
import { registrationOffer } from './registration-offer.ts'
import { requestMetadata } from './request-metadata.ts'
import { implicitGrant, responseMetadata } from './response-metadata.ts'

/**
 * Nobody can show a certificate where no host asks for one. The assertion of a workload looks like any
 * other JWT: whose word counts for whom is between its client and the operator.
 */
const methodsOf = (tenant: Tenant, mtlsOrigin: string | undefined) =>
  authenticationMethods(tenant).filter(
    (method) =>
      method !== 'workload_identity' && (mtlsOrigin !== undefined || !isByCertificate(method)),
  )

/** @spec https://datatracker.ietf.org/doc/html/draft-ietf-oauth-attestation-based-client-auth-10#section-8 */
const attestationMetadata = (tenant: Tenant) =>
  authenticationMethods(tenant).includes('attest_jwt_client_auth')
    ? {
        client_attestation_signing_alg_values_supported: assertionAlgorithms(tenant),
        client_attestation_pop_signing_alg_values_supported: assertionAlgorithms(tenant),
      }
    : {}

/**
 * What an authorization server says of itself.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8414#section-2
 * @param uiLocales BCP 47 tags of the pages' languages
 * @param mtlsOrigin where clients are asked for certificates, if anywhere
 */
export const authorizationServerMetadata = (
  tenant: Tenant,
  uiLocales: readonly string[],
  mtlsOrigin?: string,
) => ({
  issuer: tenant.issuer,
  authorization_endpoint: `${tenant.issuer}/oauth2/authorize`,
  token_endpoint: `${tenant.issuer}/oauth2/token`,
  device_authorization_endpoint: `${tenant.issuer}/oauth2/device_authorization`,
  jwks_uri: `${tenant.issuer}/oauth2/jwks`,
  ...registrationOffer(tenant),
  ...requestMetadata(tenant),
  scopes_supported: scopesOfPeople,
  ...responseMetadata(tenant),
  grant_types_supported: [...grantTypes, ...implicitGrant(tenant)],
  token_endpoint_auth_methods_supported: methodsOf(tenant, mtlsOrigin),
  token_endpoint_auth_signing_alg_values_supported: assertionAlgorithms(tenant),
  ...inquiryMetadata(tenant, {
    methods: methodsOf(tenant, mtlsOrigin),
    signingAlgorithms: assertionAlgorithms(tenant),
  }),
  ...attestationMetadata(tenant),
  code_challenge_methods_supported: ['S256'],
  authorization_response_iss_parameter_supported: true,
  ui_locales_supported: uiLocales,
})
