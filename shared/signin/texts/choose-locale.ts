import { parseAcceptLanguage } from './accept-language.ts'
import { defaultLocale, type Locale, locales } from './locale.ts'

/** The syntax of RFC 4647 section 2.1, held to nine subtags: nothing longer names a language. */
const languageRange = /^[a-z]{1,8}(?:-[a-z0-9]{1,8}){0,8}$/i

/**
 * Answers the range and its ever shorter forms, down to the bare language.
 *
 * A single letter or digit only introduces what follows it, so it goes together with that.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc4647#section-3.4
 */
export function truncationsOf(range: string): readonly string[] {
  if (!languageRange.test(range)) return []
  const subtags = range.split('-')
  return subtags
    .map((_, dropped) => subtags.slice(0, subtags.length - dropped))
    .filter((kept, index) => index === 0 || kept.at(-1)?.length !== 1)
    .map((kept) => kept.join('-'))
}

const supported = (tag: string): Locale | undefined =>
  locales.find((locale) => locale === tag.toLowerCase())

/**
 * Chooses the language of a page: the request's `ui_locales` first, then the browser's own wish.
 *
 * The wildcard `*` matches nothing by itself; it stands for the default that follows anyway.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc4647#section-3.4 lookup
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest ui_locales
 * @param uiLocales unverified, separated by spaces
 * @param acceptLanguage unverified
 */
export function chooseLocale(
  uiLocales: string | undefined,
  acceptLanguage: string | undefined,
): Locale {
  const ranges = [...(uiLocales ?? '').split(' '), ...parseAcceptLanguage(acceptLanguage ?? '')]
  for (const tag of ranges.flatMap(truncationsOf)) {
    const locale = supported(tag)
    if (locale !== undefined) return locale
  }
  return defaultLocale
}
