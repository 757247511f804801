/**
 * A kind of `authorization_details` that the APIs of a tenant understand.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9396#section-2.1
 */
export interface AuthorizationDetailsType {
  readonly type: string
  /** What the person is told that it is. */
  readonly displayName: string
  /** The fields that an entry may have besides `type`. */
  readonly fields: readonly string[]
}
