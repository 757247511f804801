/**
 * The signatures that we make and accept; what is not listed here does not exist for us.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8725#section-3.1
 */
export const signingAlgorithms = ['RS256', 'PS256', 'ES256', 'EdDSA', 'ML-DSA-44'] as const

export type SigningAlgorithm = (typeof signingAlgorithms)[number]

/**
 * RSA keys of fewer bits are taken from nobody.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7518#section-3.3
 */
export const minimumModulusBits = 2048

/** How the content key of a JWE reaches the client; RSA1_5 and `dir` are left out on purpose. */
export const keyManagementAlgorithms = [
  'RSA-OAEP',
  'RSA-OAEP-256',
  'ECDH-ES',
  'ECDH-ES+A128KW',
  'ECDH-ES+A256KW',
] as const

export type KeyManagementAlgorithm = (typeof keyManagementAlgorithms)[number]

export const contentEncryptionAlgorithms = [
  'A128CBC-HS256',
  'A256CBC-HS512',
  'A128GCM',
  'A256GCM',
] as const

export type ContentEncryptionAlgorithm = (typeof contentEncryptionAlgorithms)[number]
