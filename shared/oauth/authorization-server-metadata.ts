import type { Tenant } from '#shared/tenant/tenant.ts'
import { authenticationMethods, isByCertificate } from './authentication-methods.ts'
import { assertionAlgorithms } from './client-assertion.ts'
import { grantTypes } from './grants/table.ts'
import { inquiryMetadata } from './inquiry-metadata.ts'
import { requestMetadata } from './request-metadata.ts'
import { implicitGrant, responseMetadata } from './response-metadata.ts'
import { scopesOfPeople } from './scope.ts'

/** Nobody can show a certificate where no host asks for one. */
const methodsOf = (tenant: Tenant, mtlsOrigin: string | undefined) =>
  authenticationMethods(tenant).filter(
    (method) => mtlsOrigin !== undefined || !isByCertificate(method),
  )

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
  code_challenge_methods_supported: ['S256'],
  authorization_response_iss_parameter_supported: true,
  ui_locales_supported: uiLocales,
})
