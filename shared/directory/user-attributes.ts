import { z } from 'zod'
import type { UserAttributes } from './user.ts'
import { problemOfName, userNameMaxLength } from './user-name.ts'

/** Room for every honest value, and an end to the others: a user is one item of the table. */
const text = z.string().trim().min(1).max(256)

const listMaxLength = 20

/** A name that is unique in its tenant: `userName` of a user, `displayName` of a group. */
export const uniqueName = z
  .string()
  .min(1)
  .max(userNameMaxLength)
  .superRefine((name, report) => {
    const message = problemOfName(name)
    if (message !== undefined) report.addIssue(message)
  })

const webUrl = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }).max(2048)

/** @spec https://www.rfc-editor.org/rfc/rfc5646#section-2.1 */
const isLanguageTag = (tag: string): boolean => {
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}

const isTimeZone = (zone: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/**
 * A multi-valued attribute: not empty, and with one primary value at most.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7643#section-2.4
 */
const plural = <Element extends z.ZodType<{ primary?: boolean }>>(element: Element) =>
  z
    .array(element)
    .min(1)
    .max(listMaxLength)
    .refine((list) => list.filter(({ primary }) => primary).length <= 1, {
      error: 'must have one primary value at most',
    })

const valued = (value: z.ZodType<string>) =>
  z.strictObject({
    value,
    type: text.exactOptional(),
    primary: z.boolean().exactOptional(),
  })

const name = z.strictObject({
  formatted: text.exactOptional(),
  familyName: text.exactOptional(),
  givenName: text.exactOptional(),
  middleName: text.exactOptional(),
  honorificPrefix: text.exactOptional(),
  honorificSuffix: text.exactOptional(),
})

const address = z.strictObject({
  formatted: z.string().min(1).max(1024).exactOptional(),
  streetAddress: z.string().min(1).max(1024).exactOptional(),
  locality: text.exactOptional(),
  region: text.exactOptional(),
  postalCode: text.exactOptional(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 alpha-2 code')
    .exactOptional(),
  type: text.exactOptional(),
  primary: z.boolean().exactOptional(),
})

/**
 * The attributes of a user, to be spread into a strict object.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7643#section-4.1
 */
export const userAttributesShape = {
  userName: uniqueName,
  externalId: text.exactOptional(),
  name: name.exactOptional(),
  displayName: text.exactOptional(),
  nickName: text.exactOptional(),
  profileUrl: webUrl.exactOptional(),
  title: text.exactOptional(),
  userType: text.exactOptional(),
  preferredLanguage: text.exactOptional(),
  locale: z.string().refine(isLanguageTag, 'must be a language tag such as en-GB').exactOptional(),
  timezone: z
    .string()
    .refine(isTimeZone, 'must be a time zone such as Europe/London')
    .exactOptional(),
  active: z.boolean().default(true),
  emails: plural(valued(z.email('must be an e-mail address').max(254))).exactOptional(),
  phoneNumbers: plural(valued(text)).exactOptional(),
  photos: plural(valued(webUrl)).exactOptional(),
  addresses: plural(address).exactOptional(),
} satisfies Record<keyof UserAttributes, z.ZodType>
