/** A key of the table has to hold the name, percent-encoded, in 2,048 bytes. */
export const userNameMaxLength = 128

const forbidden = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u

/**
 * The form in which names are compared: `userName` and `displayName` of a group are not `caseExact`.
 *
 * NFKC first, so that the same name typed on another keyboard or in full-width letters is the same name.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7643#section-4.1.1 userName
 */
export const comparableName = (name: string): string => name.normalize('NFKC').toLowerCase()

/**
 * Says what forbids the name, or `undefined` for a good one.
 *
 * Invisible characters would let two people have names that look the same.
 *
 * @param name unverified
 */
export function problemOfName(name: string): string | undefined {
  const { length } = [...comparableName(name)]
  if (length === 0) return 'must not be empty'
  if (length > userNameMaxLength) return `must have at most ${userNameMaxLength} characters`
  if (name.trim() !== name) return 'must not begin or end with a space'
  if (forbidden.test(name)) return 'must not hold control or invisible characters'
  return undefined
}
