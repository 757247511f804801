import { Duration } from 'aws-cdk-lib'
import {
  type ErrorResponse,
  type IOrigin,
  OriginProtocolPolicy,
  OriginSslPolicy,
} from 'aws-cdk-lib/aws-cloudfront'
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins'

export interface ApiOriginProps {
  readonly originDomain: string
  /** What CloudFront shows the functions, to prove that a request came through it. */
  readonly originSecret: string
}

/**
 * The HTTP API behind a distribution, which says of itself whether it asks viewers for their certificates.
 *
 * A custom header stands in for one of that name from the viewer, so what it says can be believed.
 */
export const apiOrigin = (
  { originDomain, originSecret }: ApiOriginProps,
  viewerTls: 'server' | 'mutual',
): IOrigin =>
  new HttpOrigin(originDomain, {
    customHeaders: { 'x-origin-secret': originSecret, 'x-viewer-tls': viewerTls },
    originSslProtocols: [OriginSslPolicy.TLS_V1_2],
    protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
  })

/** Every status that CloudFront would otherwise keep for ten seconds, by path alone, for everybody. */
const errorStatuses = [400, 403, 404, 405, 414, 500, 501, 502, 503, 504]

export const forgottenErrors: ErrorResponse[] = errorStatuses.map((httpStatus) => ({
  httpStatus,
  ttl: Duration.seconds(0),
}))
