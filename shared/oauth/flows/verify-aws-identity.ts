import { type AttemptId, trusted } from '#shared/kernel/ids.ts'
import { type EpochSeconds, plus } from '#shared/kernel/time.ts'
import type { HttpClient } from '#shared/ports/http-client.ts'
import type { Random } from '#shared/ports/random.ts'
import type { ClientAssertions } from '#shared/ports/repositories/client-assertions.ts'
import type { TrustedIssuers } from '#shared/ports/repositories/trusted-issuers.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import type { Client } from '../client/client.ts'
import { clockSkew } from '../client/clock-skew.ts'
import { invalidClient } from '../errors.ts'
import {
  awsIssuer,
  type CallerIdentityRequest,
  callerClaims,
  parseCallerIdentityRequest,
} from '../trust/aws-identity.ts'
import { clientOf, type ExternalClaims } from '../trust/trusted-issuer.ts'

export interface AwsIdentityPorts {
  readonly trustedIssuers: Pick<TrustedIssuers, 'find'>
  readonly clientAssertions: ClientAssertions
  readonly stsClient: HttpClient
  readonly random: Random
}

const failed = (rule: string) =>
  invalidClient(`oauth/aws-identity/${rule}`, 'client authentication failed')

/** The answer is short; what is longer is none. */
const maximalBytes = 4096

/**
 * Authenticates a client by a request that a role of AWS has signed: AWS is asked whose signature it is.
 *
 * The request may go to AWS only, and asks for nothing but the name; it serves once.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7521#section-4.2
 * @param presented unverified
 * @throws ProtocolError `invalid_client`
 */
export const verifyAwsIdentity =
  (ports: AwsIdentityPorts) =>
  async (tenant: Tenant, client: Client, presented: string, now: EpochSeconds): Promise<void> => {
    const request = parseCallerIdentityRequest(presented, tenant.issuer, now)
    if (request === undefined) throw failed('request')
    const trustedIssuer = await ports.trustedIssuers.find(tenant.id, awsIssuer)
    if (trustedIssuer?.type !== 'aws') throw failed('untrusted')
    const claims = await askAws(ports, request)
    if (claims === undefined) throw failed('unknown')
    if (clientOf(trustedIssuer, claims) !== client.id) throw failed('unmapped')
    const used = await ports.clientAssertions.use(
      tenant.id,
      client.id,
      request.signature,
      plus(request.expiresAt, clockSkew),
      trusted<AttemptId>(ports.random.id()),
    )
    if (used === 'used') throw failed('replayed')
  }

async function askAws(
  { stsClient }: AwsIdentityPorts,
  { url, headers, body }: CallerIdentityRequest,
): Promise<ExternalClaims | undefined> {
  const purpose = 'aws-identity'
  const answer = await stsClient.fetch({
    method: 'POST',
    url,
    headers,
    body,
    purpose,
    maximalBytes,
  })
  return answer.kind === 'answered' && answer.status === 200 ? callerClaims(answer.body) : undefined
}
