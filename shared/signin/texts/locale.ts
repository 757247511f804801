/** The languages of the pages as BCP 47 tags; the first is the default. */
export const locales = ['en', 'de', 'fr'] as const

export type Locale = (typeof locales)[number]

export const defaultLocale: Locale = 'en'
