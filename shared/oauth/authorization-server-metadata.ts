import type { Tenant } from '#shared/tenant/tenant.ts'
import { assertionAlgorithms } from './client-assertion.ts'
import { grantTypes } from './grants/table.ts'
import { inquiryMetadata } from './inquiry-metadata.ts'
import { responseModes } from './response-mode.ts'
import { scopesOfPeople } from './scope.ts'

const authMethods = ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none']

/**
 * What an authorization server says of itself.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8414#section-2
 * @param uiLocales BCP 47 tags of the pages' languages
 */
export const authorizationServerMetadata = (tenant: Tenant, uiLocales: readonly string[]) => ({
  issuer: tenant.issuer,
  authorization_endpoint: `${tenant.issuer}/oauth2/authorize`,
  token_endpoint: `${tenant.issuer}/oauth2/token`,
  device_authorization_endpoint: `${tenant.issuer}/oauth2/device_authorization`,
  jwks_uri: `${tenant.issuer}/oauth2/jwks`,
  scopes_supported: scopesOfPeople,
  response_types_supported: ['code'],
  response_modes_supported: responseModes,
  grant_types_supported: grantTypes,
  token_endpoint_auth_methods_supported: authMethods,
  token_endpoint_auth_signing_alg_values_supported: assertionAlgorithms,
  ...inquiryMetadata(tenant, { methods: authMethods, signingAlgorithms: assertionAlgorithms }),
  code_challenge_methods_supported: ['S256'],
  authorization_response_iss_parameter_supported: true,
  ui_locales_supported: uiLocales,
})
