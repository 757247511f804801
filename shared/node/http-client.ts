import type { HttpAnswer, HttpClient, HttpQuestion } from '#shared/ports/http-client.ts'
import { findDestination, type Resolve, systemResolve } from './http-addresses.ts'
import { exchange } from './http-exchange.ts'

/** A question that has not been answered; the host is what a stranger chose, in the form of a host. */
export interface Unanswered {
  readonly purpose: string
  readonly host: string | undefined
  readonly rule: string
  readonly cause?: unknown
}

export interface HttpClientSettings {
  /** For a computer whose clients run beside it: loopback, and there http and any certificate, is let through. */
  readonly allowsLoopback: boolean
  readonly onUnanswered?: (question: Unanswered) => void
  readonly timeoutMilliseconds?: number
  readonly resolve?: Resolve
}

const refused = (rule: string): HttpAnswer => ({ kind: 'refused', rule })

/** Asks servers over Node's own TLS, behind a guard against requests to places of our own. */
export const guardedHttpClient = ({
  allowsLoopback,
  onUnanswered = () => {},
  timeoutMilliseconds = 5_000,
  resolve = systemResolve,
}: HttpClientSettings): HttpClient => ({
  async fetch(question) {
    const url = parseUrl(question.url)
    const told = { purpose: question.purpose, host: url?.host }
    const signal = AbortSignal.timeout(timeoutMilliseconds)
    try {
      const answer = await ask(url, question, { resolve, allowsLoopback }, signal)
      if (answer.kind === 'refused') onUnanswered({ ...told, rule: answer.rule })
      return answer
    } catch (cause) {
      onUnanswered({ ...told, rule: 'http/fetch/failed', cause })
      return { kind: 'failed' }
    }
  },
})

async function ask(
  url: URL | undefined,
  question: HttpQuestion,
  guard: Parameters<typeof findDestination>[1],
  signal: AbortSignal,
): Promise<HttpAnswer> {
  if (url === undefined) return refused('http/fetch/url')
  if (url.protocol !== 'https:' && !guard.allowsLoopback) return refused('http/fetch/scheme')
  const destination = await inTime(findDestination(url, guard), signal)
  if (destination.kind === 'refused') return destination
  return inTime(exchange(url, question, destination, signal), signal)
}

/** Neither a name server nor every way in which a connection breaks has an end of its own to wait for. */
const inTime = <Value>(value: Promise<Value>, signal: AbortSignal): Promise<Value> =>
  Promise.race([
    value,
    new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    }),
  ])

/** Without a name and a password, which would be sent, and a fragment, which never is. */
function parseUrl(text: string): URL | undefined {
  const url = URL.parse(text)
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return undefined
  const isPlain = url.username === '' && url.password === '' && !text.includes('#')
  return isPlain ? url : undefined
}
