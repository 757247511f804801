import { contentEncryptionAlgorithms, keyManagementAlgorithms } from '#shared/jose/algorithms.ts'
import type { ClientKeys } from '#shared/ports/client-keys.ts'
import type { Encrypter } from '#shared/ports/encrypter.ts'
import type { JwtType, TokenSigner } from '#shared/ports/token-signer.ts'
import { signingAlgorithmFor } from '#shared/tenant/signing-algorithm.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import type { Client, ResponseProtection } from '../client.ts'
import { invalidRequest } from '../errors.ts'

export interface EncryptionPorts {
  readonly encrypter: Encrypter
  readonly clientKeys: Pick<ClientKeys, 'keysOf'>
}

export interface ProtectionPorts extends EncryptionPorts {
  readonly signer: TokenSigner
}

/** Who is answered, and how it wants the answer protected. */
export interface ProtectedAnswer {
  readonly tenant: Tenant
  readonly client: Client
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
  async (
    answer: ProtectedAnswer,
    claims: Readonly<Record<string, unknown>>,
    typ: JwtType = 'JWT',
  ): Promise<string> => {
    const { tenant, protection } = answer
    const alg = signingAlgorithmFor(tenant, protection?.signingAlg)
    const signed = await ports.signer.sign(tenant, { typ, alg }, claims)
    return protection?.encryptionAlg === undefined
      ? signed
      : encryptResponse(ports)(answer, signed, 'JWT')
  }

/**
 * Encrypts what a client is sent to a key of the client.
 *
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#Encryption
 * @param cty `JWT` for what is signed inside
 * @throws ProtocolError `invalid_request` when no key of the client fits
 */
export const encryptResponse =
  (ports: EncryptionPorts) =>
  async (
    { client, protection }: ProtectedAnswer,
    content: string,
    cty?: 'JWT',
  ): Promise<string> => {
    const alg = keyManagementAlgorithms.find((known) => known === protection?.encryptionAlg)
    const enc = contentEncryptionAlgorithms.find((known) => known === protection?.encryptionEnc)
    const header = alg && enc && { alg, enc, ...(cty && { cty }) }
    const keys = await ports.clientKeys.keysOf(client)
    const encrypted = header && (await ports.encrypter.encrypt(content, keys, header))
    if (encrypted !== undefined) return encrypted
    throw invalidRequest('oauth/response/no-key', 'no key of the client fits its encryption')
  }
