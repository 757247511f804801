import { discoveryUrl } from './document-checks.ts'
import { fetchText } from './journey.ts'

const samples = 10

/** Milliseconds of several requests, one after the other over a kept connection; the first may be a cold start. */
async function measure(url: string): Promise<readonly number[]> {
  const taken: number[] = []
  for (let sample = 0; sample < samples; sample++) {
    const startedAt = performance.now()
    await fetchText(url)
    taken.push(performance.now() - startedAt)
  }
  return taken
}

const rounded = (milliseconds: number): string => `${milliseconds.toFixed(0)} ms`

/** Says how long public answers take from here; figures, not checks. */
export async function latencyLines(issuer: string): Promise<readonly string[]> {
  const urls = {
    discovery: discoveryUrl(issuer),
    JWKS: `${issuer}/oauth2/jwks`,
    'userinfo, refused': `${issuer}/oauth2/userinfo`,
  }
  const lines: string[] = []
  for (const [name, url] of Object.entries(urls)) {
    const taken = await measure(url)
    const sorted = taken.toSorted((left, right) => left - right)
    const [median = 0, slowest = 0] = [sorted[Math.floor(samples / 2)], sorted.at(-1)]
    lines.push(`time    ${name}: median ${rounded(median)}, slowest ${rounded(slowest)}`)
  }
  return lines
}
