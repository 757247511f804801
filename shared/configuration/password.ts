import { z } from 'zod'
import { Secret } from '#shared/kernel/secret.ts'

/** What a password needs while it is the only factor. */
const passwordMinLength = 15

const passwordMaxLength = 256

/** @spec https://pages.nist.gov/800-63-4/sp800-63b.html#passwordver each code point is one character */
const lengthOf = (password: string): number => [...password.normalize('NFC')].length

/** A password in the clear, counted in code points; nothing is asked of its composition. */
export const password = z
  .string()
  .refine((text) => lengthOf(text) >= passwordMinLength, {
    error: `must have at least ${passwordMinLength} characters: it is the only factor (NIST SP 800-63B-4)`,
  })
  .refine((text) => lengthOf(text) <= passwordMaxLength, {
    error: `must have at most ${passwordMaxLength} characters`,
  })
  .transform((text) => new Secret(text))
  .meta({ minLength: passwordMinLength, maxLength: passwordMaxLength })
