/**
 * A class of authentication that clients may ask for.
 *
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#IDToken acr
 */
export interface AuthenticationContext {
  readonly acr: string
  /** The methods that it takes, all of them, in the words of RFC 8176. */
  readonly amr: readonly string[]
}

/** What a tenant has that declares none. */
export const defaultAuthenticationContexts: readonly AuthenticationContext[] = [
  { acr: 'urn:sallyport:acr:pwd', amr: ['pwd'] },
]
