interface Alphabet {
  /** What a secret of this alphabet may look like; separators included. */
  readonly shape: RegExp
  /** The characters that carry randomness. */
  readonly symbols: RegExp
  readonly bitsPerSymbol: number
}

/** From the smallest alphabet to the largest: the first that fits is the one a generator will have used. */
const alphabets: readonly Alphabet[] = [
  { shape: /^[0-9-]+$/, symbols: /[0-9]/g, bitsPerSymbol: Math.log2(10) },
  { shape: /^(?:[0-9a-f-]+|[0-9A-F-]+)$/, symbols: /[0-9a-f]/gi, bitsPerSymbol: 4 },
  { shape: /^(?:[0-9a-z]+|[0-9A-Z]+)=*$/, symbols: /[^=]/g, bitsPerSymbol: Math.log2(36) },
  { shape: /^[A-Za-z0-9+/_-]+=*$/, symbols: /[^=]/g, bitsPerSymbol: 6 },
  { shape: /^[\x20-\x7e]+$/, symbols: /./g, bitsPerSymbol: Math.log2(95) },
]

/** Bits a stored secret must be able to hold, for only its SHA-256 is kept. */
export const requiredSecretBits = 256

/**
 * The most randomness that the text can hold: its symbols, counted in the smallest alphabet they fit.
 *
 * @param secret unverified
 */
function capacityInBits(secret: string): number {
  const alphabet = alphabets.find(({ shape }) => shape.test(secret))
  if (alphabet === undefined) return 0
  return (secret.match(alphabet.symbols)?.length ?? 0) * alphabet.bitsPerSymbol
}

/** True when fewer than half of the neighbouring pairs differ from one another: a repeated word, a run. */
function isRepetitive(secret: string): boolean {
  const pairs = Array.from({ length: secret.length - 1 }, (_, at) => secret.slice(at, at + 2))
  return new Set(pairs).size * 2 < pairs.length
}

/**
 * Tells whether a `client_secret` can hold 256 random bits.
 *
 * No text shows how it was made, so this is an upper bound: it refuses what is certainly too weak
 * (too short, a repeated word) and cannot vouch for the rest. 43 characters of base64url, 64 of
 * hexadecimal or 52 of base32 pass.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6819#section-5.1.4.2.2 high entropy of secrets
 * @param secret unverified
 */
export const isStrongClientSecret = (secret: string): boolean =>
  capacityInBits(secret) >= requiredSecretBits && !isRepetitive(secret)
