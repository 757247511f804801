import type { Brand } from '#shared/kernel/brand.ts'
import { sha256Base64url } from '#shared/kernel/digest.ts'
import { trusted } from '#shared/kernel/ids.ts'

/** Eight letters that a person copies from a device, without the hyphen that stands between them. */
export type UserCode = Brand<string, 'UserCode'>

/** How a user code is found: a code in a key would stand in every trail of the table's reads. */
export type UserCodeHash = Brand<string, 'UserCodeHash'>

/**
 * Consonants alone, so that no code is a word; each a letter that a keyboard has.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8628#section-6.1
 */
const letters = 'BCDFGHJKLMNPQRSTVWXZ'

const codeLength = 8

const notALetter = new RegExp(`[^${letters}]`, 'g')

/** Random bytes for one code: 64 bits into 34 leave no letter noticeably likelier than another. */
export const userCodeBytes = 8

/** Makes a user code of 34 bits. @param drawn `userCodeBytes` random bytes */
export function userCodeOf(drawn: Uint8Array): UserCode {
  const base = BigInt(letters.length)
  let rest = Buffer.from(drawn).readBigUInt64BE()
  const code = Array.from({ length: codeLength }, () => {
    const letter = letters[Number(rest % base)]
    rest /= base
    return letter
  })
  return trusted<UserCode>(code.join(''))
}

/**
 * Reads what a person has typed, whatever the case and whatever stands between the letters.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8628#section-6.1
 * @param typed unverified
 */
export function parseUserCode(typed: string): UserCode | undefined {
  const code = typed.toUpperCase().replaceAll(notALetter, '')
  return code.length === codeLength ? trusted<UserCode>(code) : undefined
}

/** The code as a person reads it. */
export const renderUserCode = (code: UserCode): string => `${code.slice(0, 4)}-${code.slice(4)}`

export const userCodeHash = (code: UserCode): UserCodeHash =>
  trusted<UserCodeHash>(sha256Base64url(`user code\n${code}`))
