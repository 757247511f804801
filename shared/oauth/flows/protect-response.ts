import type { ClientKeys } from '#shared/ports/client-keys.ts'
import type { Encrypter } from '#shared/ports/encrypter.ts'
import type { JwtType, TokenSigner } from '#shared/ports/token-signer.ts'
import { signingAlgorithmFor } from '#shared/tenant/signing-algorithm.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import type { Client, ResponseProtection } from '../client/client.ts'
import { invalidRequest } from '../errors.ts'

export interface EncryptionPorts {
  readonly encrypter: Encrypter
  readonly clientKeys: ClientKeys
}

export interface ProtectionPorts extends EncryptionPorts {
  readonly signer: TokenSigner
}

/** What a client is sent, and how it has registered for that. */
export interface UnprotectedResponse {
  readonly typ: JwtType
  readonly claims: Readonly<Record<string, unknown>>
  readonly protection: ResponseProtection | undefined
}

/**
 * Signs what a client is sent and, if it has registered for that, encrypts the signed JWT to it.
 *
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#SigEnc
 * @throws ProtocolError `invalid_request` when no key of the client fits
 */
export const protectResponse =
  (ports: ProtectionPorts) =>
  async (tenant: Tenant, client: Client, response: UnprotectedResponse): Promise<string> => {
    const { typ, claims, protection } = response
    const alg = signingAlgorithmFor(tenant, protection?.signingAlg)
    const signed = await ports.signer.sign(tenant, { typ, alg }, claims)
    return protection?.encryptionAlg === undefined
      ? signed
      : encryptResponse(ports)(client, protection, signed, 'JWT')
  }

/**
 * Encrypts what a client is sent to a key of the client, asked for anew when none fits.
 *
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#Encryption
 * @param cty `JWT` for what is signed inside
 * @throws ProtocolError `invalid_request` when no key of the client fits
 */
export const encryptResponse =
  ({ clientKeys, encrypter }: EncryptionPorts) =>
  async (
    client: Client,
    protection: ResponseProtection,
    content: string,
    cty?: 'JWT',
  ): Promise<string> => {
    const { encryptionAlg: alg, encryptionEnc: enc } = protection
    if (alg === undefined || enc === undefined) throw noKey()
    const header = { alg, enc, ...(cty && { cty }) }
    const encrypted =
      (await encrypter.encrypt(content, await clientKeys.keysOf(client), header)) ??
      (await encrypter.encrypt(content, await clientKeys.freshKeysOf(client), header))
    if (encrypted === undefined) throw noKey()
    return encrypted
  }

const noKey = () =>
  invalidRequest('oauth/response/encryption-key', 'no key of the client fits its encryption')
