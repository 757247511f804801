import { decodeJwt, decodeProtectedHeader, type JWK } from 'jose'

/** What outsiders have seen of one key, in seconds since the epoch. */
export interface SeenKey {
  readonly firstPublished: number
  readonly lastPublished: number
  readonly firstUsed: number | undefined
  /** When the last token that it has signed expires. */
  readonly lastExpiry: number | undefined
}

/** Keeps book of the keys of an issuer: when each was published, and what it signed. */
export function keyLog(issuer: string) {
  const keys = new Map<string, SeenKey>()
  return {
    keys,
    async look(): Promise<void> {
      const response = await fetch(`${issuer}/oauth2/jwks`)
      const { keys: published }: { keys: readonly JWK[] } = JSON.parse(await response.text())
      const now = Date.now() / 1000
      for (const { kid = '' } of published) {
        const seen = keys.get(kid) ?? {
          firstPublished: now,
          firstUsed: undefined,
          lastExpiry: undefined,
        }
        keys.set(kid, { ...seen, lastPublished: now })
      }
    },
    use(token: string): void {
      const { kid = '' } = decodeProtectedHeader(token)
      const { iat = 0, exp = 0 } = decodeJwt(token)
      const seen = keys.get(kid)
      if (seen === undefined) throw new Error(`a token was signed with the unpublished key ${kid}`)
      keys.set(kid, {
        ...seen,
        firstUsed: Math.min(seen.firstUsed ?? iat, iat),
        lastExpiry: Math.max(seen.lastExpiry ?? exp, exp),
      })
    },
  }
}
