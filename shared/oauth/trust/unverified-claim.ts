/**
 * What a JWT claims in one word, only to find the keys that it is then verified with.
 *
 * @param jwt unverified
 */
export function unverifiedClaim(jwt: string, name: string): string | undefined {
  try {
    const payload = Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString('utf8')
    const claims: unknown = JSON.parse(payload)
    if (typeof claims !== 'object' || claims === null) return undefined
    const value = Object.entries(claims).find(([claim]) => claim === name)?.[1]
    return typeof value === 'string' ? value : undefined
  } catch {
    return undefined
  }
}
