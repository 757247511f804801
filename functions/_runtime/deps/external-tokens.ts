import { discoveredIssuerKeys } from '#shared/node/issuer-keys.ts'
import { clientAuthentication } from './client-authentication.ts'
import { httpClient } from './http-client.ts'
import { clock } from './node.ts'
import { trustedIssuers } from './store.ts'

/** Everything that it takes to verify what other issuers say. */
export const externalTokens = {
  assertionVerifier: clientAuthentication.assertionVerifier,
  httpClient,
  issuerKeys: discoveredIssuerKeys(httpClient, clock),
  trustedIssuers,
}
