import { join } from 'node:path'
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib'
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2'
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager'
import { Code } from 'aws-cdk-lib/aws-lambda'
import { Secret } from 'aws-cdk-lib/aws-secretsmanager'
import { StringParameter } from 'aws-cdk-lib/aws-ssm'
import type { Construct } from 'constructs'
import { apiCharts, apiWatches } from '../api-watches.ts'
import { acceptFinding, acceptWildcard } from '../checks.ts'
import { type CustomDomain, Edge } from '../constructs/edge.ts'
import { EndpointApi } from '../constructs/endpoint-api.ts'
import { EndpointFunction } from '../constructs/endpoint-function.ts'
import { MtlsEdge } from '../constructs/mtls-edge.ts'
import { Observability, type ObservabilitySettings } from '../constructs/observability.ts'
import { type Endpoint, endpoints } from '../endpoints.ts'
import { parameterNames } from '../parameters.ts'

export interface ApiSettings extends ObservabilitySettings {
  /** The folder that `tools/build.ts` writes: one folder per endpoint. */
  readonly functionsDirectory: string
  /** Host of every issuer; without it the distribution's own domain. Not to be changed once clients exist. */
  readonly domainName?: string
  /** Certificate of `domainName`, in us-east-1; the one comes with the other. */
  readonly certificateArn?: string
  /** Another host of the same API, which asks viewers for their certificates (RFC 8705). */
  readonly mtlsDomain?: string
  /** Certificate of `mtlsDomain`, in us-east-1; the one comes with the other. */
  readonly mtlsCertificateArn?: string
  /** A web ACL of WAF, of scope CLOUDFRONT. */
  readonly webAclArn?: string
}

/** What may be replaced at any time: the functions, their API, and the distribution in front. */
export class ApiStack extends Stack {
  constructor(scope: Construct, id: string, settings: ApiSettings, props?: StackProps) {
    super(scope, id, props)
    const originSecret = this.originSecret()
    const { apiId } = this.endpointApi(settings, originSecret)
    const shared = {
      originDomain: `${apiId}.execute-api.${this.region}.${this.urlSuffix}`,
      originSecret,
      webAclArn: settings.webAclArn,
    }
    this.publish(new Edge(this, 'Edge', { ...shared, customDomain: this.customDomain(settings) }))
    const mtlsDomain = this.mtlsDomain(settings)
    if (mtlsDomain !== undefined) {
      this.publishMtls(new MtlsEdge(this, 'MtlsEdge', { ...shared, domain: mtlsDomain }))
    }
    if (settings.observability !== false) this.observe(apiId, settings)
  }

  private observe(apiId: string, { alarmTopicArn }: ApiSettings): void {
    const tableName = this.parameter(parameterNames.tableName)
    new Observability(this, 'Observability', {
      dashboardName: `sallyport-${this.region}`,
      watches: apiWatches({ apiId, tableName }),
      charts: apiCharts,
      alarmTopicArn,
    })
  }

  private endpointApi(settings: ApiSettings, originSecret: string): HttpApi {
    const { functionsDirectory, mtlsDomain } = settings
    const endpointApi = new EndpointApi(this, 'Api')
    const tableName = this.parameter(parameterNames.tableName)
    const wrappingKey = this.parameter(parameterNames.wrappingKeyArn)
    const kmsKeys = this.formatArn({ service: 'kms', resource: 'key', resourceName: '*' })
    const mailIdentities = this.formatArn({
      service: 'ses',
      resource: 'identity',
      resourceName: '*',
    })
    const arns = { table: this.tableArn(tableName), wrappingKey, kmsKeys, mailIdentities }
    const environment = {
      TABLE_NAME: tableName,
      WRAPPING_KEY_ARN: wrappingKey,
      ORIGIN_SECRET: originSecret,
      ...(mtlsDomain !== undefined && { MTLS_ORIGIN: `https://${mtlsDomain}` }),
    }
    for (const [name, endpoint] of Object.entries<Endpoint>(endpoints)) {
      const code = Code.fromAsset(join(functionsDirectory, name))
      const made = new EndpointFunction(this, name, { endpoint, code, arns, environment })
      acceptWildcard(made, kmsKeys)
      acceptWildcard(made, mailIdentities)
      endpointApi.route(name, endpoint.routes, made.live)
    }
    return endpointApi.api
  }

  /** Answers a reference that CloudFormation resolves while it deploys: no template holds the secret. */
  private originSecret(): string {
    const secret = new Secret(this, 'OriginSecret', {
      description: 'Proves to the functions of Sallyport that a request came through CloudFront',
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
    })
    acceptFinding(secret, 'AwsSolutions-SMG4')
    return secret.secretValue.unsafeUnwrap()
  }

  private parameter(name: string): string {
    return StringParameter.valueForStringParameter(this, name)
  }

  private tableArn(resourceName: string): string {
    return this.formatArn({ service: 'dynamodb', resource: 'table', resourceName })
  }

  private customDomain({ domainName, certificateArn }: ApiSettings): CustomDomain | undefined {
    return this.domain('Certificate', { domainName, certificateArn })
  }

  private mtlsDomain({ mtlsDomain, mtlsCertificateArn }: ApiSettings): CustomDomain | undefined {
    return this.domain('MtlsCertificate', { mtlsDomain, mtlsCertificateArn })
  }

  /** @param settings the name of a host and the ARN of its certificate, by the names of these settings */
  private domain(
    id: string,
    settings: Readonly<Record<string, string | undefined>>,
  ): CustomDomain | undefined {
    const [name, certificateArn] = Object.values(settings)
    if (name === undefined && certificateArn === undefined) return undefined
    if (name === undefined || certificateArn === undefined) {
      throw new Error(`${Object.keys(settings).join(' and ')} come together`)
    }
    return { name, certificate: Certificate.fromCertificateArn(this, id, certificateArn) }
  }

  private publish({ issuerOrigin, distribution }: Edge): void {
    new StringParameter(this, 'IssuerOriginParameter', {
      parameterName: parameterNames.issuerOrigin,
      stringValue: issuerOrigin,
    })
    new CfnOutput(this, 'IssuerOrigin', {
      value: issuerOrigin,
      description: 'The issuer of a tenant is this, a slash and the id of the tenant',
    })
    new CfnOutput(this, 'DistributionDomain', {
      value: distribution.domainName,
      description: 'Where the DNS record of a domain of your own has to point',
    })
    new CfnOutput(this, 'FirstTenant', {
      value: `${issuerOrigin}/TENANT/.well-known/openid-configuration`,
      description: 'Answers once `npm run apply -- FILE` has created the tenant',
    })
  }

  private publishMtls({ distribution }: MtlsEdge): void {
    new CfnOutput(this, 'MtlsDistributionDomain', {
      value: distribution.domainName,
      description: 'Where the DNS record of the domain for clients with certificates has to point',
    })
  }
}
