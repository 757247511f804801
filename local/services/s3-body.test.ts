import { expect, test } from 'vitest'
import { contentOf } from './s3-body.ts'

const chunked = (text: string, more = {}) => ({
  headers: { 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER', ...more },
  body: Buffer.from(text),
})

test('sigv4-streaming-trailers: chunks are put together, whatever extensions their sizes have', () => {
  const text =
    '3;chunk-signature=0a\r\nabc\r\n2\r\nde\r\n0\r\nx-amz-checksum-crc32:hYfYZQ==\r\n\r\n'
  expect(contentOf(chunked(text)).toString()).toBe('abcde')
})

test.each([
  ['5\r\nab', 'IncompleteBody'],
  ['2\r\nab', 'IncompleteBody'],
  ['z\r\nab\r\n0\r\n\r\n', 'IncompleteBody'],
  ['2\r\nab\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n', 'BadDigest'],
])('sigv4-streaming-trailers: %j is %s', (text, code) => {
  expect(() => contentOf(chunked(text))).toThrow(expect.objectContaining({ code }))
})

test('sigv4-streaming-trailers: the declared length is that of the object', () => {
  const headers = { 'x-amz-decoded-content-length': '3' }
  expect(() => contentOf(chunked('2\r\nab\r\n0\r\n\r\n', headers))).toThrow('shorter or longer')
})

test('PutObject: a body in one piece is taken as it is, its digest compared', () => {
  const body = Buffer.from('0\r\n')
  expect(contentOf({ headers: {}, body })).toBe(body)
  expect(() => contentOf({ headers: { 'content-md5': 'AAAA' }, body })).toThrow('content-md5')
})
