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
  /** A web ACL of WAF, of scope CLOUDFRONT. */
  readonly webAclArn?: string
}

/** What may be replaced at any time: the functions, their API, and the distribution in front. */
export class ApiStack extends Stack {
  constructor(scope: Construct, id: string, settings: ApiSettings, props?: StackProps) {
    super(scope, id, props)
    const originSecret = this.originSecret()
    const { apiId } = this.endpointApi(settings.functionsDirectory, originSecret)
    const edge = new Edge(this, 'Edge', {
      originDomain: `${apiId}.execute-api.${this.region}.${this.urlSuffix}`,
      originSecret,
      customDomain: this.customDomain(settings),
      webAclArn: settings.webAclArn,
    })
    this.publish(edge)
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

  private endpointApi(functionsDirectory: string, originSecret: string): HttpApi {
    const endpointApi = new EndpointApi(this, 'Api')
    const tableName = this.parameter(parameterNames.tableName)
    const wrappingKey = this.parameter(parameterNames.wrappingKeyArn)
    const kmsKeys = this.formatArn({ service: 'kms', resource: 'key', resourceName: '*' })
    const arns = { table: this.tableArn(tableName), wrappingKey, kmsKeys }
    const environment = {
      TABLE_NAME: tableName,
      WRAPPING_KEY_ARN: wrappingKey,
      ORIGIN_SECRET: originSecret,
    }
    for (const [name, endpoint] of Object.entries<Endpoint>(endpoints)) {
      const code = Code.fromAsset(join(functionsDirectory, name))
      const made = new EndpointFunction(this, name, { endpoint, code, arns, environment })
      acceptWildcard(made, kmsKeys)
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
    if (domainName === undefined && certificateArn === undefined) return undefined
    if (domainName === undefined || certificateArn === undefined) {
      throw new Error('domainName and certificateArn come together')
    }
    const certificate = Certificate.fromCertificateArn(this, 'Certificate', certificateArn)
    return { name: domainName, certificate }
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
}
