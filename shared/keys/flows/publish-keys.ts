import { type PublishedJwk, publicJwk } from '#shared/jose/public-jwk.ts'
import type { SigningKeys } from '#shared/ports/repositories/signing-keys.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'

/**
 * The tenant's JWK Set: every key from before its first use until its last token has expired.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7517#section-5
 */
export const publishKeys =
  (ports: { readonly signingKeys: Pick<SigningKeys, 'list'> }) =>
  async (tenant: Tenant): Promise<{ readonly keys: readonly PublishedJwk[] }> => {
    const keys = await ports.signingKeys.list(tenant.id)
    return { keys: keys.map(publicJwk) }
  }
