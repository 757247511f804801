import { type IncomingMessage, request as requestPlain } from 'node:http'
import { request as requestSecure } from 'node:https'
import type { LookupFunction } from 'node:net'
import type { HttpAnswer, HttpQuestion } from '#shared/ports/http-client.ts'
import type { Destination } from './http-addresses.ts'

type Reachable = Exclude<Destination, { kind: 'refused' }>

const defaultMaximalBytes = 64 * 1024

/** Answers what has been resolved and checked, whatever is asked. */
const pinned =
  ({ addresses }: Reachable): LookupFunction =>
  (_host, { all }, done) => {
    const [first] = addresses
    if (all) done(null, [...addresses])
    else if (first) done(null, first.address, first.family)
  }

/**
 * Sends one request over a connection of its own and reads the answer, up to a limit.
 *
 * Proxies and redirects are what other clients add; this one goes to the given addresses and nowhere else.
 *
 * @throws Error when nobody answers before the signal
 */
export async function exchange(
  url: URL,
  { method, headers, body, maximalBytes = defaultMaximalBytes }: HttpQuestion,
  destination: Reachable,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const send = url.protocol === 'https:' ? requestSecure : requestPlain
  const request = send(url, {
    method,
    headers: {
      accept: 'application/json',
      ...headers,
      'accept-encoding': 'identity',
      ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }),
    },
    agent: false,
    lookup: pinned(destination),
    rejectUnauthorized: destination.kind === 'public',
    signal,
  })
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    // Switched to another protocol, a connection closes without an error.
    const closed = () => reject(new Error('closed without an answer'))
    request.on('response', resolve).on('error', reject).on('close', closed)
  })
  request.end(body)
  const response = await answered
  try {
    return await readAnswer(response, maximalBytes)
  } finally {
    response.destroy()
  }
}

async function readAnswer(response: IncomingMessage, maximalBytes: number): Promise<HttpAnswer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of response) {
    bytes += chunk.length
    if (bytes > maximalBytes) return { kind: 'refused', rule: 'http/fetch/size' }
    chunks.push(chunk)
  }
  return {
    kind: 'answered',
    status: response.statusCode ?? 0,
    headers: joined(response.headers),
    body: Buffer.concat(chunks).toString('utf8'),
  }
}

const joined = (headers: IncomingMessage['headers']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')]),
  )
