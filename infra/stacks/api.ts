import { join } from 'node:path'
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib'
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager'
import { Code } from 'aws-cdk-lib/aws-lambda'
import { Secret } from 'aws-cdk-lib/aws-secretsmanager'
import { StringParameter } from 'aws-cdk-lib/aws-ssm'
import type { Construct } from 'constructs'
import type { ResourceArns } from '../access.ts'
import { acceptFinding } from '../checks.ts'
import { type CustomDomain, Edge } from '../constructs/edge.ts'
import { EndpointApi } from '../constructs/endpoint-api.ts'
import { EndpointFunction } from '../constructs/endpoint-function.ts'
import { type Endpoint, endpoints } from '../endpoints.ts'
import { parameterNames } from '../parameters.ts'

export interface ApiSettings {
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
    const api = new EndpointApi(this, 'Api')
    const environment = this.functionEnvironment(originSecret)
    const arns = this.arns(environment)
    for (const [name, endpoint] of Object.entries<Endpoint>(endpoints)) {
      const code = Code.fromAsset(join(settings.functionsDirectory, name))
      const { live } = new EndpointFunction(this, name, { endpoint, code, arns, environment })
      api.route(name, endpoint.routes, live)
    }
    this.publish(
      new Edge(this, 'Edge', {
        originDomain: `${api.api.apiId}.execute-api.${this.region}.${this.urlSuffix}`,
        originSecret,
        customDomain: this.customDomain(settings),
        webAclArn: settings.webAclArn,
      }),
    )
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

  private functionEnvironment(originSecret: string) {
    return {
      TABLE_NAME: this.parameter(parameterNames.tableName),
      WRAPPING_KEY_ARN: this.parameter(parameterNames.wrappingKeyArn),
      ORIGIN_SECRET: originSecret,
    }
  }

  private parameter(name: string): string {
    return StringParameter.valueForStringParameter(this, name)
  }

  private arns(environment: ReturnType<ApiStack['functionEnvironment']>): ResourceArns {
    return {
      table: this.formatArn({
        service: 'dynamodb',
        resource: 'table',
        resourceName: environment.TABLE_NAME,
      }),
      wrappingKey: environment.WRAPPING_KEY_ARN,
      signingKey: this.parameter(parameterNames.signingKeyArn),
    }
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
