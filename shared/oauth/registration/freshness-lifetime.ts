import { type Seconds, seconds } from '#shared/kernel/time.ts'

/** In seconds. */
interface Bounds {
  readonly shortest: number
  /** Of an answer that says nothing. */
  readonly usual: number
  readonly longest: number
}

/**
 * For how long what somebody publishes may be taken as it was read.
 *
 * Within bounds of ours: nobody shall have us ask again and again, nor keep us from asking.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9111#section-5.2.2.1
 * @param cacheControl unverified
 */
export function freshnessLifetime(
  cacheControl: string | undefined,
  { shortest, usual, longest }: Bounds,
): Seconds {
  const directives = (cacheControl ?? '').toLowerCase().split(',')
  if (directives.some((each) => /^\s*no-(store|cache)\s*$/.test(each))) return seconds(shortest)
  const [age] = directives.flatMap((each) => /^\s*max-age="?(\d{1,9})"?\s*$/.exec(each)?.[1] ?? [])
  const wanted = age === undefined ? usual : Number(age)
  return seconds(Math.min(Math.max(wanted, shortest), longest))
}
