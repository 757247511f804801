import { encryptionKeyOf } from '#shared/jose/encryption-key.ts'
import type { Encrypter } from '#shared/ports/encrypter.ts'

/**
 * Encrypts with `jose`, which is loaded when a client first asks for encryption.
 *
 * A key that turns out to be none is no fitting key: it may come from an address of the client.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7516#section-5.1
 * @spec https://www.rfc-editor.org/rfc/rfc7519#section-5.2 `cty` of a nested JWT
 */
export const jweEncrypter: Encrypter = {
  async encrypt(content, keys, { alg, enc, cty }) {
    const key = encryptionKeyOf(keys, alg)
    if (key === undefined) return undefined
    const { CompactEncrypt } = await import('jose/jwe/compact/encrypt')
    const kid = key['kid']
    const header = { alg, enc, ...(cty && { cty }), ...(typeof kid === 'string' && { kid }) }
    return new CompactEncrypt(Buffer.from(content))
      .setProtectedHeader(header)
      .encrypt({ ...key, alg })
      .catch(() => undefined)
  },
}
