import { discoveredIssuerKeys } from '#shared/node/issuer-keys.ts'
import { assertionVerifier } from './assertion-verifier.ts'
import { httpClient } from './http-client.ts'
import { clock } from './node.ts'
import { trustedIssuers } from './store.ts'
import { stsClient } from './sts-client.ts'

/** Everything that it takes to verify what other issuers say. */
export const externalTokens = {
  assertionVerifier,
  issuerKeys: discoveredIssuerKeys(httpClient, clock),
  stsClient,
  trustedIssuers,
}
