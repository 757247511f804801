import { expect, test } from 'vitest'
import { passEdge } from './edge.ts'

const facts = {
  viewerAddress: '203.0.113.7',
  edgeHeaders: { 'X-Origin-Secret': 'ours' },
  originHost: 'api.example',
}
const valuesOf = (name: string, lines: ReadonlyArray<readonly [string, string]>) =>
  passEdge(lines, facts)
    .filter(([each]) => each === name)
    .map(([, value]) => value)

test('CloudFront: appends the viewer address, and API Gateway the address of CloudFront', () => {
  expect(valuesOf('x-forwarded-for', [])).toEqual(['203.0.113.7, 192.0.2.1'])
  const claimed = [
    ['x-forwarded-for', 'a'],
    ['x-forwarded-for', 'b, c'],
  ] as const
  expect(valuesOf('x-forwarded-for', claimed)).toEqual(['a, b, c, 203.0.113.7, 192.0.2.1'])
})

test("CloudFront: the distribution's own headers replace the viewer's", () => {
  expect(valuesOf('x-origin-secret', [['x-origin-secret', 'guessed']])).toEqual(['ours'])
})

test.each(['host', 'via', 'x-forwarded-proto', 'x-amz-cf-id'])(
  'CloudFront: %s is never the one that the viewer sent',
  (name) => {
    const values = valuesOf(name, [[name, 'viewer']])
    expect(values).toHaveLength(1)
    expect(values).not.toContain('viewer')
  },
)

test.each(['connection', 'te', 'transfer-encoding', 'upgrade'])(
  'CloudFront: %s is of one hop and not passed on',
  (name) => expect(valuesOf(name, [[name, 'x']])).toEqual([]),
)

test('CloudFront: everything else is passed on as it came', () => {
  expect(valuesOf('authorization', [['authorization', 'Bearer x']])).toEqual(['Bearer x'])
  expect(valuesOf('cookie', [['cookie', 'a=1']])).toEqual(['a=1'])
})

const certificateLines = [
  ['client-cert', ':Zm9yZ2Vk:'],
  ['client-cert-chain', ':Zm9yZ2Vk:'],
] as const

const certificatesPassed = (viewerCertificate?: { readonly der: Uint8Array | undefined }) =>
  passEdge(certificateLines, { ...facts, ...(viewerCertificate && { viewerCertificate }) }).filter(
    ([name]) => name.startsWith('client-cert'),
  )

test('rfc9440 section 2.4: where certificates are asked for, the presented one stands for what the viewer says', () => {
  expect(certificatesPassed({ der: Buffer.from('real') })).toEqual([['client-cert', ':cmVhbA==:']])
  expect(certificatesPassed({ der: undefined })).toEqual([])
})

test('elsewhere what the viewer says passes, as a header like any other', () => {
  expect(certificatesPassed()).toEqual(certificateLines)
})
