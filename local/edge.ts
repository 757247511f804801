import { randomUUID } from 'node:crypto'

type HeaderLines = ReadonlyArray<readonly [name: string, value: string]>

/** The address from which CloudFront calls the API; from the block reserved for documentation. */
export const edgeAddress = '192.0.2.1'

export interface EdgeFacts {
  readonly viewerAddress: string
  /** What the distribution adds to every request to its origin. */
  readonly edgeHeaders: Readonly<Record<string, string>>
  /** The API's own domain name: the viewer's `Host` is not passed on. */
  readonly originHost: string
  /** Of a distribution that asks viewers for certificates: DER, or nothing from this one. */
  readonly viewerCertificate?: { readonly der: Uint8Array | undefined }
}

/** Headers of one hop, and those that the edge sets itself, whatever the viewer sent. */
const replaced = new Set([
  'connection',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'via',
  'x-amz-cf-id',
  'x-forwarded-for',
  'x-forwarded-port',
  'x-forwarded-proto',
])

/**
 * Makes of the viewer's headers those that the API sees.
 *
 * CloudFront appends the viewer's address to `x-forwarded-for`, and API Gateway appends CloudFront's.
 *
 * @spec https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html#RequestCustomIPAddresses
 */
export function passEdge(lines: HeaderLines, facts: EdgeFacts): HeaderLines {
  const own = new Map(
    Object.entries(facts.edgeHeaders).map(([name, value]) => [name.toLowerCase(), value]),
  )
  const forwardedFor = lines
    .filter(([name]) => name === 'x-forwarded-for')
    .map(([, value]) => value)
  return [
    ...withCertificate(lines, facts.viewerCertificate).filter(
      ([name]) => !replaced.has(name) && !own.has(name),
    ),
    ...own,
    ['host', facts.originHost],
    ['via', '1.1 local.cloudfront.net (CloudFront)'],
    ['x-amz-cf-id', randomUUID()],
    ['x-forwarded-for', [...forwardedFor, facts.viewerAddress, edgeAddress].join(', ')],
    ['x-forwarded-port', '443'],
    ['x-forwarded-proto', 'https'],
  ]
}

/**
 * Puts the viewer's certificate in the place of what the viewer says of it.
 *
 * @spec https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/viewer-mtls-headers.html
 * @spec https://www.rfc-editor.org/rfc/rfc9440#section-2.4
 */
function withCertificate(
  lines: HeaderLines,
  certificate: EdgeFacts['viewerCertificate'],
): HeaderLines {
  if (certificate === undefined) return lines
  const others = lines.filter(([name]) => name !== 'client-cert' && name !== 'client-cert-chain')
  if (certificate.der === undefined) return others
  return [...others, ['client-cert', `:${Buffer.from(certificate.der).toString('base64')}:`]]
}
