import {
  AllowedMethods,
  CachePolicy,
  CfnDistribution,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  OriginRequestPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront'
import { Construct } from 'constructs'
import { acceptFinding } from '../checks.ts'
import { type ApiOriginProps, apiOrigin, forgottenErrors } from './api-origin.ts'
import type { CustomDomain } from './edge.ts'

interface MtlsEdgeProps extends ApiOriginProps {
  readonly domain: CustomDomain
  readonly webAclArn: string | undefined
}

/** A viewer's own header of these names would pass for its certificate where it has presented none. */
const withoutForgedCertificate = `function handler(event) {
  var headers = event.request.headers
  delete headers['client-cert']
  delete headers['client-cert-chain']
  return event.request
}`

/**
 * A second way to the same API, for clients whose certificates prove them: the issuer stays on the first host.
 *
 * The certificate of the viewer is asked for and passed on, not judged: many are signed by their own key.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8705#section-5
 */
export class MtlsEdge extends Construct {
  readonly distribution: Distribution

  constructor(scope: Construct, id: string, props: MtlsEdgeProps) {
    super(scope, id)
    this.distribution = new Distribution(this, 'Distribution', {
      comment: 'Sallyport, for clients with certificates',
      // Viewers' certificates are not asked for over HTTP/3.
      httpVersion: HttpVersion.HTTP2,
      domainNames: [props.domain.name],
      certificate: props.domain.certificate,
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      defaultBehavior: {
        origin: apiOrigin(props, 'mutual'),
        viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
        allowedMethods: AllowedMethods.ALLOW_ALL,
        cachePolicy: CachePolicy.CACHING_DISABLED,
        originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        functionAssociations: [
          { eventType: FunctionEventType.VIEWER_REQUEST, function: this.sanitizing() },
        ],
      },
      errorResponses: forgottenErrors,
      webAclId: props.webAclArn,
    })
    this.askForCertificates()
    this.acceptFindings(props)
  }

  private sanitizing(): EdgeFunction {
    return new EdgeFunction(this, 'WithoutForgedCertificate', {
      comment: 'Removes what only CloudFront may say of the certificate of a viewer',
      code: FunctionCode.fromInline(withoutForgedCertificate),
      runtime: FunctionRuntime.JS_2_0,
    })
  }

  /** The construct of the CDK has no property for it. */
  private askForCertificates(): void {
    const distribution = this.distribution.node.defaultChild
    if (!(distribution instanceof CfnDistribution)) throw new Error('a distribution is another one')
    distribution.addPropertyOverride('DistributionConfig.ViewerMtlsConfig', { Mode: 'passthrough' })
  }

  private acceptFindings({ webAclArn }: MtlsEdgeProps): void {
    acceptFinding(this.distribution, 'AwsSolutions-CFR1')
    acceptFinding(this.distribution, 'AwsSolutions-CFR3')
    if (webAclArn === undefined) acceptFinding(this.distribution, 'AwsSolutions-CFR2')
  }
}
