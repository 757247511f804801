import { type Flow, isError } from './flow.ts'
import type { Misfortune, Trial } from './trial.ts'
import { type Answer, shown } from './viewer.ts'

/** What happened at the address of the request under a fault, and at that of its repetition. */
export interface Happened {
  readonly first: readonly string[]
  readonly second: readonly string[]
}

/** `promised`: nothing has been committed, and the same request may be made again. */
type Verdict = 'success' | 'promised' | 'doubtful'

/** Answers what is wrong with a trial, or `undefined`. */
export function findingOf(
  flow: Flow,
  misfortune: Misfortune,
  trial: Trial,
  happened: Happened,
): string | undefined {
  const verdict = verdictOf(flow, misfortune, trial.answer)
  if (verdict === undefined) return `answered ${shown(trial.answer)}`
  if (misfortune.isTransient && verdict !== 'success') return `showed: ${shown(trial.answer)}`
  if (!trial.proved) return `answered what is no good, ${verdict}`
  const expected = expectations(flow, verdict, happened.first)
  const found = `${happened.first}; ${shown(trial.repeated)} ${happened.second}`
  const isExpected = expected.some(
    ({ first, repeats, second }) =>
      `${first}` === `${happened.first}` &&
      `${second}` === `${happened.second}` &&
      repeats(trial.repeated),
  )
  return isExpected ? undefined : `${verdict}, and then: ${found}`
}

function verdictOf(flow: Flow, { kills }: Misfortune, answer: Answer): Verdict | undefined {
  if (flow.succeeds(answer)) return 'success'
  if (kills) return isFailureOfGateway(answer) ? 'doubtful' : undefined
  if (answer.headers['location']?.includes('error=temporarily_unavailable')) return 'doubtful'
  if (answer.status !== 503 || !isToldInKind(flow, answer)) return undefined
  return answer.headers['retry-after'] === undefined ? 'doubtful' : 'promised'
}

/** An HTTP API answers so for a function that ended without an answer; nobody else says 500. */
const isFailureOfGateway = ({ status, body }: Answer): boolean =>
  status === 500 && body === '{"message":"Internal Server Error"}'

function isToldInKind({ isPage }: Flow, { headers, body }: Answer): boolean {
  const type = headers['content-type'] ?? ''
  return isPage
    ? type.startsWith('text/html')
    : type === 'application/json' && JSON.parse(body).error === 'temporarily_unavailable'
}

interface Expectation extends Happened {
  readonly repeats: (answer: Answer) => boolean
}

/** What may have happened after an answer, and what the same request has to come to then. */
function expectations(
  flow: Flow,
  verdict: Verdict,
  first: readonly string[],
): readonly Expectation[] {
  const counted = [flow.counted ?? []].flat()
  const commits = [...counted, flow.commits ?? []].flat()
  const begun = (count: number): Expectation => ({
    first: commits.slice(0, count),
    second: commits,
    repeats: flow.succeeds,
  })
  if (verdict === 'promised') return [begun(0), ...counted.map(() => begun(1))]
  const replay =
    flow.replayed === undefined
      ? { second: commits, repeats: flow.succeeds }
      : { second: [flow.replayed], repeats: isError('invalid_grant') }
  const done = { first: commits, ...replay }
  const ended = { first: commits, second: [], repeats: flow.succeeds }
  const spent = verdict === 'success' ? commits : first
  return [
    done,
    ...(verdict === 'doubtful' ? [begun(0), ...commits.map((_, count) => begun(count))] : []),
    ...(flow.isFinal ? [ended] : []),
    ...(flow.isUsedUp ? [{ first: spent, second: [], repeats: flow.isUsedUp }] : []),
  ]
}
