import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { dpopAlgorithms } from '../possession/dpop-algorithms.ts'
import { endpointUrls } from './endpoint-urls.ts'

/** Endpoints that clients themselves ask. */
const direct = [
  'token_endpoint',
  'revocation_endpoint',
  'introspection_endpoint',
  'pushed_authorization_request_endpoint',
  'device_authorization_endpoint',
  'backchannel_authentication_endpoint',
  'userinfo_endpoint',
] as const

type DirectEndpoints = { readonly [Name in (typeof direct)[number]]?: string }

/**
 * What is said of binding tokens to keys, and of the host that asks for certificates where there is one.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9449#section-5.1
 * @spec https://www.rfc-editor.org/rfc/rfc8705#section-5
 */
export function senderMetadata(
  tenant: Tenant,
  endpoints: DirectEndpoints,
  mtlsOrigin: string | undefined,
) {
  const proofs = { dpop_signing_alg_values_supported: dpopAlgorithms(tenant) }
  if (mtlsOrigin === undefined) return proofs
  const aliasOf = (url: string | undefined) =>
    url && endpointUrls(tenant.issuer, url.slice(tenant.issuer.length + 1), mtlsOrigin).at(-1)
  return {
    ...proofs,
    tls_client_certificate_bound_access_tokens: true,
    mtls_endpoint_aliases: withoutAbsent(
      Object.fromEntries(direct.map((name) => [name, aliasOf(endpoints[name])])),
    ),
  }
}
