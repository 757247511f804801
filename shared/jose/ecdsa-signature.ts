/** Bytes of each of the two numbers of a signature on P-256. */
const numberBytes = 32

/** Reads one DER INTEGER that is not negative, as an unsigned number of fixed length. */
function readInteger(der: Buffer, at: number): { readonly number: Buffer; readonly end: number } {
  const end = at + 2 + (der[at + 1] ?? 0)
  const digits = der.subarray(at + 2, end)
  const number = digits[0] === 0 ? digits.subarray(1) : digits
  if (der[at] !== 0x02 || end > der.length || number.length > numberBytes) {
    throw new TypeError('not an ECDSA signature on P-256')
  }
  return { number: Buffer.concat([Buffer.alloc(numberBytes - number.length), number]), end }
}

/**
 * The two numbers of an ES256 signature side by side, which KMS gives as an ASN.1 structure.
 *
 * @param der an `Ecdsa-Sig-Value` of a key on P-256
 * @spec https://www.rfc-editor.org/rfc/rfc7518#section-3.4
 * @spec https://www.rfc-editor.org/rfc/rfc3279#section-2.2.3
 */
export function es256Signature(der: Uint8Array): Uint8Array {
  const bytes = Buffer.from(der)
  if (bytes[0] !== 0x30 || bytes[1] !== bytes.length - 2) {
    throw new TypeError('not an ECDSA signature on P-256')
  }
  const r = readInteger(bytes, 2)
  const s = readInteger(bytes, r.end)
  return Buffer.concat([r.number, s.number])
}
