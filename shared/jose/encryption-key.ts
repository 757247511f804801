import type { KeyManagementAlgorithm } from './algorithms.ts'

type Jwk = Readonly<Record<string, unknown>>

const agreementCurves: ReadonlySet<unknown> = new Set(['P-256', 'P-384', 'P-521', 'X25519'])

const isOfKind = (jwk: Jwk, algorithm: KeyManagementAlgorithm): boolean =>
  algorithm.startsWith('RSA') ? jwk['kty'] === 'RSA' : agreementCurves.has(jwk['crv'])

/**
 * The key of a recipient to encrypt to: one that is meant for it rather than one that could do it.
 *
 * @param keys in the recipient's order
 * @spec https://www.rfc-editor.org/rfc/rfc7517#section-4.2
 * @spec https://www.rfc-editor.org/rfc/rfc7517#section-4.4
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#Encryption
 */
export function encryptionKeyOf<Key extends Jwk>(
  keys: readonly Key[],
  algorithm: KeyManagementAlgorithm,
): Key | undefined {
  const fitting = keys.filter(
    (key) =>
      isOfKind(key, algorithm) &&
      key['use'] !== 'sig' &&
      (key['alg'] === undefined || key['alg'] === algorithm),
  )
  return (
    fitting.find((key) => key['alg'] === algorithm) ??
    fitting.find((key) => key['use'] === 'enc') ??
    fitting[0]
  )
}
