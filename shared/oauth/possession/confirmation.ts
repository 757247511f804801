/**
 * The key that a token is bound to: only who proves possession of it may use the token.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7800#section-3.1
 */
export type Confirmation =
  /** SHA-256 thumbprint of a DPoP key. @spec https://www.rfc-editor.org/rfc/rfc9449#section-6.1 */
  | { readonly jkt: string }
  /** SHA-256 of a certificate. @spec https://www.rfc-editor.org/rfc/rfc8705#section-3.1 */
  | { readonly 'x5t#S256': string }

/** How a token of that binding is presented. */
export const tokenTypeOf = (confirmation: Confirmation | undefined): 'Bearer' | 'DPoP' =>
  confirmation !== undefined && 'jkt' in confirmation ? 'DPoP' : 'Bearer'

/** True when what is presented is what was bound. */
export const isSameConfirmation = (
  bound: Confirmation | undefined,
  presented: Confirmation | undefined,
): boolean => {
  if (bound === undefined || presented === undefined) return bound === presented
  return 'jkt' in bound
    ? 'jkt' in presented && presented.jkt === bound.jkt
    : 'x5t#S256' in presented && presented['x5t#S256'] === bound['x5t#S256']
}
