import { signingAlgorithms } from '#shared/jose/algorithms.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { ClientAssertionVerifier } from '#shared/ports/client-assertion-verifier.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import type { SentMetadata } from '../registration/registration-metadata.ts'
import {
  approvedIssuer,
  claimsOfStatement,
  statedMetadata,
} from '../registration/software-statement.ts'

/**
 * Answers what a software statement says of its client.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7591#section-2.3
 * @throws ProtocolError `invalid_software_statement` or `unapproved_software_statement`
 */
export const openStatement =
  ({ statements }: { readonly statements: ClientAssertionVerifier }) =>
  async (tenant: Tenant, jwt: string, now: EpochSeconds): Promise<SentMetadata> => {
    const { jwksUri } = approvedIssuer(tenant, claimsOfStatement(jwt))
    const claims = await statements.verify(jwt, { keys: [], jwksUri }, signingAlgorithms)
    return statedMetadata(claims, tenant.issuer, now)
  }
