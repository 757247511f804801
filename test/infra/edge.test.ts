import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type Endpoint, endpoints } from '#infra/endpoints.ts'
import { ofType, type StackTemplate, synthesize, theOnly } from './synthesis.ts'

const behaviour = z.looseObject({
  PathPattern: z.string().optional(),
  ViewerProtocolPolicy: z.string(),
})

const distribution = z.looseObject({
  Aliases: z.array(z.string()).optional(),
  CacheBehaviors: z.array(behaviour).exactOptional(),
  Comment: z.string().optional(),
  CustomErrorResponses: z.array(
    z.looseObject({ ErrorCode: z.number(), ErrorCachingMinTTL: z.number() }),
  ),
  DefaultCacheBehavior: behaviour,
  Origins: z.array(z.looseObject({})),
  ViewerCertificate: z.looseObject({}).optional(),
  WebACLId: z.string().optional(),
})

const distributionOf = (api: StackTemplate) =>
  distribution.parse(theOnly(api, 'AWS::CloudFront::Distribution').Properties['DistributionConfig'])

const { api } = synthesize()
const edge = distributionOf(api)
const cachedBehaviours = edge.CacheBehaviors ?? []
const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/1'

test('The access log of the HTTP API holds no query string', () => {
  const { Properties } = theOnly(api, 'AWS::ApiGatewayV2::Stage')
  const { Format } = z.looseObject({ Format: z.string() }).parse(Properties['AccessLogSettings'])
  const variables = Object.values(z.record(z.string(), z.string()).parse(JSON.parse(Format)))
  expect(variables).not.toContain('$context.path')
  expect(
    variables.filter((variable) => /query|httpMethod.*\?|requestUri|authorizer/i.test(variable)),
  ).toEqual([])
})

test('CloudFront, whose logs would hold the query string, keeps none', () => {
  expect(edge).not.toHaveProperty('Logging')
})

/**
 * Everything of ours is reached through the distribution alone, pages and endpoints alike.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6750#section-5.2
 * @spec https://www.rfc-editor.org/rfc/rfc6819#section-5.1.1
 * @spec https://www.rfc-editor.org/rfc/rfc6819#section-5.1.2
 * @spec https://www.rfc-editor.org/rfc/rfc7636#section-7.5
 * @spec https://www.rfc-editor.org/rfc/rfc8414#section-6.1
 */
test('rfc6749 section 1.6, 2.3.1, 3.1, 3.2, 10.3, 10.4, 10.8, 10.9 and 10.11 and oidc core section 16.17 and oidc discovery section 7.1 and oidc registration section 9.3 and oidc core section 3.1.2, 3.1.3 and 5.3 and ciba core section 7 and fapi-ciba section 7: only HTTPS is spoken, on both sides', () => {
  for (const { ViewerProtocolPolicy } of [edge.DefaultCacheBehavior, ...cachedBehaviours]) {
    expect(ViewerProtocolPolicy).toBe('https-only')
  }
  expect(edge.Origins).toMatchObject([
    { CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] } },
  ])
})

test('CloudFront shows the HTTP API the secret that the functions know', () => {
  expect(edge.Origins).toMatchObject([
    {
      OriginCustomHeaders: [
        { HeaderName: 'x-origin-secret' },
        { HeaderName: 'x-viewer-tls', HeaderValue: 'server' },
      ],
    },
  ])
  const shown = JSON.stringify(edge.Origins)
  expect(shown).toContain('{{resolve:secretsmanager:')
  expect(shown).toMatch(/OriginSecret[0-9A-F]{8}/)
})

test('Nothing is cached by default, and everything but Host reaches the function', () => {
  expect(edge.DefaultCacheBehavior).toMatchObject({
    AllowedMethods: expect.arrayContaining(['POST', 'DELETE', 'OPTIONS']),
    CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
    OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
  })
})

test('Exactly the public metadata and JWKS may be cached', () => {
  const patterns = cachedBehaviours.map(({ PathPattern }) => matcher(PathPattern ?? ''))
  const cached = Object.entries<Endpoint>(endpoints)
    .filter(([, { routes }]) => routes.some((route) => patterns.some((p) => p.test(pathOf(route)))))
    .map(([name]) => name)
  expect(cached.toSorted()).toEqual([
    'oauth2.jwks',
    'well-known.oauth-authorization-server',
    'well-known.oauth-protected-resource',
    'well-known.openid-configuration',
  ])
})

/** In a path pattern of CloudFront `*` is any text, slashes included. */
const matcher = (pattern: string): RegExp =>
  new RegExp(`^${pattern.replaceAll('.', String.raw`\.`).replaceAll('*', '.*')}$`)

const pathOf = (route: string): string => (route.split(' ')[1] ?? '').replace('{tenant}', 'acme')

test('The cache keeps what Cache-Control allows, and sends on nothing that its key does not hold', () => {
  const { Properties } = theOnly(api, 'AWS::CloudFront::CachePolicy')
  expect(Properties['CachePolicyConfig']).toMatchObject({
    DefaultTTL: 0,
    MinTTL: 0,
    ParametersInCacheKeyAndForwardedToOrigin: {
      CookiesConfig: { CookieBehavior: 'none' },
      HeadersConfig: { HeaderBehavior: 'none' },
      QueryStringsConfig: { QueryStringBehavior: 'none' },
    },
  })
  for (const cached of cachedBehaviours) expect(cached).not.toHaveProperty('OriginRequestPolicyId')
})

test("One viewer's error is not kept for the next one", () => {
  const statuses = edge.CustomErrorResponses.map(({ ErrorCode }) => ErrorCode)
  expect(statuses).toEqual([400, 403, 404, 405, 414, 500, 501, 502, 503, 504])
  for (const response of edge.CustomErrorResponses) {
    expect(response).toMatchObject({ ErrorCachingMinTTL: 0 })
    expect(response).not.toHaveProperty('ResponsePagePath')
  }
})

test('The headers of the edge never replace those of a function', () => {
  const { Properties } = theOnly(api, 'AWS::CloudFront::ResponseHeadersPolicy')
  const text = JSON.stringify(Properties)
  expect(text).toContain('"Override":false')
  expect(text).not.toContain('"Override":true')
})

test("The issuer's host is the distribution's domain", () => {
  expect(JSON.stringify(api.Outputs['IssuerOrigin']?.Value)).toContain('DomainName')
})

test('oidc core section 16.17 and fapi 2.0 section 5.2.1, 5.2.2 and fapi1 baseline section 7.1 and fapi1 advanced section 8.5: with a domain of its own, the issuer has it, with TLS 1.2 of 2021 at least', () => {
  const { api } = synthesize({ domainName: 'id.example.com', certificateArn })
  expect(distributionOf(api)).toMatchObject({
    Aliases: ['id.example.com'],
    ViewerCertificate: {
      AcmCertificateArn: certificateArn,
      MinimumProtocolVersion: 'TLSv1.2_2021',
    },
  })
  expect(api.Outputs['IssuerOrigin']?.Value).toBe('https://id.example.com')
})

test.each([{ domainName: 'id.example.com' }, { certificateArn }])(
  'A domain and its certificate come together: %o',
  (settings) => {
    expect(() => synthesize(settings)).toThrow('domainName and certificateArn come together')
  },
)

test('A web ACL given by its ARN is attached', () => {
  const webAclArn = 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/a/1'
  expect(distributionOf(synthesize({ webAclArn }).api).WebACLId).toBe(webAclArn)
})

describe('rfc8705 section 5: a host for clients with certificates', () => {
  const mtls = { mtlsDomain: 'mtls.example.com', mtlsCertificateArn: certificateArn }
  const { api } = synthesize(mtls)
  const [, alias] = ofType(api, 'AWS::CloudFront::Distribution')
    .map(([, { Properties }]) => distribution.parse(Properties['DistributionConfig']))
    .toSorted((first, second) => (first.Comment ?? '').length - (second.Comment ?? '').length)

  test('rfc8705 section 7.3: asks viewers for them and passes them on, over TLS 1.2 at least, and keeps nothing', () => {
    expect(alias).toMatchObject({
      Aliases: ['mtls.example.com'],
      HttpVersion: 'http2',
      ViewerMtlsConfig: { Mode: 'passthrough' },
      ViewerCertificate: { MinimumProtocolVersion: 'TLSv1.2_2021' },
      DefaultCacheBehavior: {
        ViewerProtocolPolicy: 'https-only',
        CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
      },
    })
    expect(alias).not.toHaveProperty('CacheBehaviors')
  })

  test('rfc9440 section 2.4 and 4: tells the functions so, which believe nobody else', () => {
    expect(alias?.Origins).toMatchObject([
      {
        OriginCustomHeaders: [
          { HeaderName: 'x-origin-secret' },
          { HeaderName: 'x-viewer-tls', HeaderValue: 'mutual' },
        ],
      },
    ])
  })

  test('rfc9440 section 2.4 and 4: removes what a viewer says of a certificate itself', () => {
    const { FunctionCode } = theOnly(api, 'AWS::CloudFront::Function').Properties
    const handler = new Function(`${FunctionCode}\nreturn handler`)()
    const headers = { 'client-cert': 1, 'client-cert-chain': 1, authorization: 1 }
    expect(handler({ request: { headers } })).toEqual({ headers: { authorization: 1 } })
    expect(alias?.DefaultCacheBehavior).toMatchObject({
      FunctionAssociations: [{ EventType: 'viewer-request' }],
    })
  })

  test('is known to every function', () => {
    for (const [, { Properties }] of ofType(api, 'AWS::Lambda::Function')) {
      expect(Properties['Environment']).toMatchObject({
        Variables: { MTLS_ORIGIN: 'https://mtls.example.com' },
      })
    }
  })

  test('is there only with a domain and a certificate', () => {
    const { mtlsDomain, mtlsCertificateArn } = mtls
    for (const half of [{ mtlsDomain }, { mtlsCertificateArn }]) {
      expect(() => synthesize(half)).toThrow('mtlsDomain and mtlsCertificateArn come together')
    }
    const without = synthesize().api
    expect(ofType(without, 'AWS::CloudFront::Distribution')).toHaveLength(1)
    expect(JSON.stringify(without)).not.toContain('MTLS_ORIGIN')
  })
})
