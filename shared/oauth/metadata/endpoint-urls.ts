/** The address of an endpoint where clients show certificates, beside its address below the issuer. */
const aliasOf = (issuer: string, path: string, mtlsOrigin: string): string =>
  `${mtlsOrigin}${new URL(issuer).pathname}/${path}`

/**
 * The addresses at which clients reach an endpoint; known to us, never taken from a Host header.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8705#section-5
 * @param path below the issuer, such as `oauth2/token`
 */
export const endpointUrls = (
  issuer: string,
  path: string,
  mtlsOrigin: string | undefined,
): readonly string[] => [
  `${issuer}/${path}`,
  ...(mtlsOrigin === undefined ? [] : [aliasOf(issuer, path, mtlsOrigin)]),
]
