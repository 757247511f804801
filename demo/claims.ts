/** One claim, ready to be shown. */
export interface Claim {
  readonly name: string
  readonly value: string
  /** What a reader wants to know besides, such as the time that a number stands for. */
  readonly note?: string
}

/** Reads the payload of a JWT without checking anything: for showing, never for deciding. */
export function decodePayload(token: string): Record<string, unknown> {
  const [, payload = ''] = token.split('.')
  const text = atob(payload.replaceAll('-', '+').replaceAll('_', '/'))
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0))
  const claims: unknown = JSON.parse(new TextDecoder().decode(bytes))
  return typeof claims === 'object' && claims !== null ? { ...claims } : {}
}

const times = new Set(['exp', 'iat', 'nbf', 'auth_time', 'updated_at'])

/** Lists the claims in the order of the token. @param now milliseconds since 1970 */
export const describeClaims = (
  claims: Readonly<Record<string, unknown>>,
  now: number,
): readonly Claim[] =>
  Object.entries(claims).map(([name, value]) => ({
    name,
    value: typeof value === 'string' ? value : JSON.stringify(value),
    ...(times.has(name) && typeof value === 'number' && { note: describeTime(value, now) }),
  }))

const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const

function describeTime(epochSeconds: number, now: number): string {
  const distance = Math.round(epochSeconds - now / 1000)
  const [unit, size] = units.find(([, size]) => Math.abs(distance) >= size) ?? ['second', 1]
  const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })
  return relative.format(Math.trunc(distance / size), unit)
}
