interface Preference {
  readonly range: string
  readonly weight: number
}

const preference = /^([a-z0-9*-]+)[ \t]*(?:;[ \t]*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?$/i

function parsePreference(element: string): readonly Preference[] {
  const [, range, weight] = preference.exec(element.trim()) ?? []
  return range === undefined ? [] : [{ range, weight: Number(weight ?? 1) }]
}

/**
 * Answers the language ranges of an `Accept-Language` field, the most wanted first.
 *
 * What is malformed is passed over: a language is a wish, never a reason to refuse a request.
 * A weight of 0 means "not acceptable" and drops the range.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9110#section-12.5.4
 * @param field unverified
 */
export const parseAcceptLanguage = (field: string): readonly string[] =>
  field
    .split(',')
    .flatMap(parsePreference)
    .filter(({ weight }) => weight > 0)
    .sort((left, right) => right.weight - left.weight)
    .map(({ range }) => range)
