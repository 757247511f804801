import type { Client } from '#shared/oauth/client/client.ts'
import {
  encryptResponse,
  type ProtectionPorts,
  protectResponse,
} from '#shared/oauth/flows/protect-response.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'

/**
 * Makes the claims of userinfo what their client has registered for: a signed JWT, encrypted if so
 * wished, or the claims encrypted as they are.
 *
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#UserInfoResponse
 * @throws ProtocolError `invalid_request` when no key of the client fits
 */
export const protectUserInfo =
  (ports: ProtectionPorts) =>
  (tenant: Tenant, client: Client, claims: Readonly<Record<string, unknown>>): Promise<string> => {
    const protection = client.userInfo ?? {}
    if (protection.signingAlg === undefined && protection.encryptionAlg !== undefined) {
      return encryptResponse(ports)(client, protection, JSON.stringify(claims))
    }
    return protectResponse(ports)(tenant, client, {
      typ: 'JWT',
      claims: { ...claims, iss: tenant.issuer, aud: client.id },
      protection,
    })
  }
