import type { Secret } from './secrets-of-exchange.ts'

/** Shorter ones are words that a log may hold for its own reasons. */
const leastLength = 8

/** As it is, and as a URL, base64 or JSON would carry it. */
const spellingsOf = (value: string): readonly string[] => {
  const bytes = Buffer.from(value)
  return [
    value,
    encodeURIComponent(value.toWellFormed()),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    JSON.stringify(value).slice(1, -1),
  ]
}

interface Needle extends Secret {
  readonly spelling: string
}

/** Finds many secrets in many lines, by their first characters. */
export class SecretSearch {
  readonly #byBeginning = new Map<string, Needle[]>()
  readonly #known = new Set<string>()

  add(secret: Secret): void {
    // Names that every object has, such as constructor, are sent as parameters and as tenants alike.
    if (secret.value in Object.prototype) return
    if (secret.value.length < leastLength || this.#known.has(secret.value)) return
    this.#known.add(secret.value)
    for (const spelling of new Set(spellingsOf(secret.value))) {
      const beginning = spelling.slice(0, leastLength)
      const others = this.#byBeginning.get(beginning) ?? []
      this.#byBeginning.set(beginning, [...others, { ...secret, spelling }])
    }
  }

  /** The secrets that a line holds, by what they are; the secrets themselves are not told on. */
  findIn(line: string): readonly string[] {
    const found = new Set<string>()
    for (let at = 0; at + leastLength <= line.length; at++) {
      for (const { what, spelling } of this.#byBeginning.get(line.slice(at, at + leastLength)) ??
        []) {
        if (line.startsWith(spelling, at)) found.add(what)
      }
    }
    return [...found]
  }
}
