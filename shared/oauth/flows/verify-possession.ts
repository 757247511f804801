import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { certificateThumbprint } from '../authentication/client-certificate.ts'
import { invalidDpopProof, invalidToken } from '../errors.ts'
import { endpointUrls } from '../metadata/endpoint-urls.ts'
import { type Confirmation, isSameConfirmation } from '../possession/confirmation.ts'
import type { PresentedToken } from '../token/presented-token.ts'
import type { SenderPorts } from './prove-keys.ts'
import { verifyDpopProof } from './verify-dpop-proof.ts'

/**
 * Refuses an access token from anybody who does not hold the key that it is bound to.
 *
 * A token that is bound to a proof's key must not be presented as one that anybody may bear, nor the
 * other way round.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9449#section-7
 * @spec https://www.rfc-editor.org/rfc/rfc8705#section-3
 * @param path of the endpoint below the issuer
 * @throws ProtocolError `invalid_token`, `invalid_dpop_proof` or `use_dpop_nonce`
 */
export const verifyPossession =
  (ports: SenderPorts) =>
  async (
    tenant: Tenant,
    bound: Confirmation | undefined,
    presented: PresentedToken,
    path: string,
    now: EpochSeconds,
  ): Promise<void> => {
    const isBoundToProof = bound !== undefined && 'jkt' in bound
    if (isBoundToProof !== (presented.scheme === 'DPoP')) {
      throw invalidToken('oauth/sender/scheme', 'the access token is not of this type')
    }
    if (bound === undefined) return
    const proven = isBoundToProof
      ? await provenKey(ports, tenant, presented, path, now)
      : shownCertificate(presented)
    if (!isSameConfirmation(bound, proven)) {
      throw invalidToken('oauth/sender/other-key', 'the access token is bound to another key')
    }
  }

function shownCertificate({ certificate }: PresentedToken): Confirmation | undefined {
  return certificate && { 'x5t#S256': certificateThumbprint(certificate) }
}

/** @spec https://www.rfc-editor.org/rfc/rfc9449#section-4.3 `ath` */
async function provenKey(
  ports: SenderPorts,
  tenant: Tenant,
  { proof, token, method }: PresentedToken,
  path: string,
  now: EpochSeconds,
): Promise<Confirmation> {
  if (proof === undefined) {
    throw invalidDpopProof('oauth/sender/proof-missing', 'a DPoP proof is required')
  }
  const urls = endpointUrls(tenant.issuer, path, ports.mtlsOrigin)
  const target = { method, urls, accessToken: token.reveal() }
  const { jkt, use } = await verifyDpopProof(ports)(tenant, proof, target, now)
  await use()
  return { jkt }
}
