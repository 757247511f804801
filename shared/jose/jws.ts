import { encodeBase64url } from '#shared/kernel/base64url.ts'

/** The protected header of everything we sign. */
export interface JwsHeader {
  readonly alg: string
  readonly kid: string
  readonly typ: string
}

const encodeJson = (value: object): string => encodeBase64url(Buffer.from(JSON.stringify(value)))

/**
 * The JWS Signing Input: what the signature covers.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7515#section-5.1
 */
export const signingInput = (
  header: JwsHeader,
  claims: Readonly<Record<string, unknown>>,
): string => `${encodeJson(header)}.${encodeJson(claims)}`

/**
 * True for three parts in base64url and nothing else: no padding, no line breaks, no white space.
 *
 * A decoder passes over what it does not know, and one token would have many spellings.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7515#section-5.2
 * @param text unverified
 */
export const isCompactJws = (text: string): boolean => /^[\w-]+\.[\w-]+\.[\w-]+$/.test(text)

/**
 * The JWS Compact Serialization.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7515#section-7.1
 */
export const compactJws = (input: string, signature: Uint8Array): string =>
  `${input}.${encodeBase64url(signature)}`
