import type { IncomingMessage } from 'node:http'

/** The largest body that an HTTP API takes. */
export const bodyLimitBytes = 10 * 1024 * 1024

/**
 * Reads the body to its end, and answers `undefined` when it is longer than the limit.
 *
 * The rest is read too, but not kept: a viewer that is still sending would not see the answer.
 */
export async function readBody(
  request: IncomingMessage,
  limitBytes = bodyLimitBytes,
): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    bytes += chunk.length
    if (bytes <= limitBytes) chunks.push(chunk)
  }
  return bytes > limitBytes ? undefined : Buffer.concat(chunks)
}

export interface Target {
  /** Percent-decoded, cut at a decoded question mark, as an HTTP API does it. */
  readonly path: string
  /** As it came. */
  readonly queryString: string
}

/** Splits a request target, or answers `undefined` when its path cannot be decoded. @param target unverified */
export function parseTarget(target: string): Target | undefined {
  const [, rawPath = '', queryString = ''] = /^([^?]*)\??(.*)$/s.exec(target) ?? []
  try {
    const path = decodeURIComponent(rawPath).split('?')[0] ?? ''
    return path.startsWith('/') ? { path, queryString } : undefined
  } catch {
    return undefined
  }
}

/** One line a header, the names lower-cased, repeated ones kept. */
export function headerLines(rawHeaders: readonly string[]): [name: string, value: string][] {
  const lines: [string, string][] = []
  for (let index = 0; index < rawHeaders.length; index += 2) {
    lines.push([rawHeaders[index]?.toLowerCase() ?? '', rawHeaders[index + 1] ?? ''])
  }
  return lines
}
