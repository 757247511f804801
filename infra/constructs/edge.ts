import { Duration, Stack } from 'aws-cdk-lib'
import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager'
import {
  AllowedMethods,
  type BehaviorOptions,
  CacheCookieBehavior,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  Distribution,
  HeadersReferrerPolicy,
  HttpVersion,
  type IOrigin,
  OriginRequestPolicy,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront'
import { Construct } from 'constructs'
import { acceptFinding } from '../checks.ts'
import { type ApiOriginProps, apiOrigin, forgottenErrors } from './api-origin.ts'

export interface CustomDomain {
  readonly name: string
  /** A certificate of us-east-1, where CloudFront takes its own from. */
  readonly certificate: ICertificate
}

interface EdgeProps extends ApiOriginProps {
  readonly customDomain?: CustomDomain
  readonly webAclArn?: string
}

/** Documents that are the same for everybody; how long they may be kept is for their functions to say. */
const publicDocuments = [
  '*/.well-known/openid-configuration',
  '/.well-known/oauth-authorization-server/*',
  '/.well-known/oauth-protected-resource/*',
  '*/oauth2/jwks',
]

/** The distribution in front of the HTTP API: the issuer's host. */
export class Edge extends Construct {
  readonly distribution: Distribution
  /** Scheme and host of every issuer of the deployment. */
  readonly issuerOrigin: string

  constructor(scope: Construct, id: string, props: EdgeProps) {
    super(scope, id)
    const shared = this.behaviour(apiOrigin(props, 'server'))
    const cached = { ...shared, ...this.caching() }
    this.distribution = new Distribution(this, 'Distribution', {
      comment: 'Sallyport',
      httpVersion: HttpVersion.HTTP2_AND_3,
      defaultBehavior: {
        ...shared,
        allowedMethods: AllowedMethods.ALLOW_ALL,
        cachePolicy: CachePolicy.CACHING_DISABLED,
        originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      },
      additionalBehaviors: Object.fromEntries(publicDocuments.map((path) => [path, cached])),
      errorResponses: forgottenErrors,
      webAclId: props.webAclArn,
      ...domainOf(props),
    })
    this.issuerOrigin = `https://${props.customDomain?.name ?? this.distribution.domainName}`
    this.acceptFindings(props)
  }

  private behaviour(origin: IOrigin): BehaviorOptions {
    return {
      origin,
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
      responseHeadersPolicy: this.responseHeaders(),
    }
  }

  /**
   * Nothing of the viewer's but the path reaches the function, for nothing else is in the cache's key:
   * what one viewer sends cannot end up in what another one gets.
   */
  private caching(): Partial<BehaviorOptions> {
    return {
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
      cachePolicy: new CachePolicy(this, 'PublicDocuments', {
        cachePolicyName: `sallyport-public-documents-${Stack.of(this).region}`,
        comment: 'Keeps what Cache-Control allows, and nothing without it',
        minTtl: Duration.seconds(0),
        defaultTtl: Duration.seconds(0),
        maxTtl: Duration.days(1),
        cookieBehavior: CacheCookieBehavior.none(),
        headerBehavior: CacheHeaderBehavior.none(),
        queryStringBehavior: CacheQueryStringBehavior.none(),
        enableAcceptEncodingBrotli: true,
        enableAcceptEncodingGzip: true,
      }),
    }
  }

  /**
   * The least that every answer carries; where a function sets a header itself, its own stands.
   *
   * Policies of CloudFront belong to no Region, so the name has to tell deployments apart.
   */
  private responseHeaders(): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, 'ResponseHeaders', {
      responseHeadersPolicyName: `sallyport-${Stack.of(this).region}`,
      comment: 'For answers that do not come from a function',
      securityHeadersBehavior: {
        contentTypeOptions: { override: false },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: false },
        strictTransportSecurity: { accessControlMaxAge: Duration.days(365), override: false },
      },
    })
  }

  private acceptFindings({ customDomain, webAclArn }: EdgeProps): void {
    acceptFinding(this.distribution, 'AwsSolutions-CFR1')
    acceptFinding(this.distribution, 'AwsSolutions-CFR3')
    if (webAclArn === undefined) acceptFinding(this.distribution, 'AwsSolutions-CFR2')
    if (customDomain === undefined) acceptFinding(this.distribution, 'AwsSolutions-CFR4')
  }
}

const domainOf = ({ customDomain }: EdgeProps) =>
  customDomain && {
    domainNames: [customDomain.name],
    certificate: customDomain.certificate,
    minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
  }
