/** A cryptographically strong source. */
export interface Random {
  bytes(count: number): Uint8Array
  /** 128 bits in base64url: identifiers. */
  id(): string
  /** 256 bits in base64url: secrets. */
  token(): string
}
