import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { AwsError, type AwsRequest } from './service.ts'

type Headers = AwsRequest['headers']

interface Upload {
  readonly content: Buffer
  /** Headers that followed the last chunk, their names in lower case. */
  readonly trailers: Headers
}

const incomplete = (message: string): AwsError => new AwsError('IncompleteBody', message)

const lineEnd = Buffer.from('\r\n')

function readLine(body: Buffer, from: number): readonly [line: string, next: number] {
  const end = body.indexOf(lineEnd, from)
  if (end < 0) throw incomplete('A chunk is cut off')
  return [body.toString('latin1', from, end), end + lineEnd.length]
}

function readTrailers(body: Buffer, from: number): Headers {
  const lines = body.toString('latin1', from).split('\r\n')
  return Object.fromEntries(
    lines.flatMap((line) => {
      const [, name, value] = /^([^:]+):(.*)$/.exec(line) ?? []
      return name === undefined ? [] : [[name.toLowerCase(), (value ?? '').trim()]]
    }),
  )
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html */
function decodeChunks(body: Buffer): Upload {
  const chunks: Buffer[] = []
  for (let position = 0; ; ) {
    const [header, start] = readLine(body, position)
    const length = Number.parseInt(header, 16)
    if (!(length >= 0)) throw incomplete(`${header} is no chunk`)
    if (length === 0) return { content: Buffer.concat(chunks), trailers: readTrailers(body, start) }
    const chunk = body.subarray(start, start + length)
    if (chunk.length < length) throw incomplete('A chunk is cut off')
    chunks.push(chunk)
    position = start + length + lineEnd.length
  }
}

const isChunked = (headers: Headers): boolean =>
  (headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-')

function crc32Of(content: Buffer): string {
  const value = Buffer.alloc(4)
  value.writeUInt32BE(crc32(content))
  return value.toString('base64')
}

const hashWith = (algorithm: string) => (content: Buffer) =>
  createHash(algorithm).update(content).digest('base64')

const checksums: Readonly<Record<string, (content: Buffer) => string>> = {
  'content-md5': hashWith('md5'),
  'x-amz-checksum-crc32': crc32Of,
  'x-amz-checksum-sha1': hashWith('sha1'),
  'x-amz-checksum-sha256': hashWith('sha256'),
}

/**
 * The object within a request, its chunks put together and its checksums compared.
 *
 * @throws AwsError `IncompleteBody` for a cut-off stream, `BadDigest` for other bytes than were sent
 */
export function contentOf({ headers, body }: Pick<AwsRequest, 'headers' | 'body'>): Buffer {
  const { content, trailers } = isChunked(headers)
    ? decodeChunks(body)
    : { content: body, trailers: {} }
  const expectedLength = headers['x-amz-decoded-content-length']
  if (expectedLength !== undefined && Number(expectedLength) !== content.length) {
    throw incomplete('The object is shorter or longer than declared')
  }
  for (const [name, digest] of Object.entries(checksums)) {
    const expected = { ...headers, ...trailers }[name]
    if (expected !== undefined && expected !== digest(content)) {
      throw new AwsError('BadDigest', `The ${name} you specified did not match what we received.`)
    }
  }
  return content
}
