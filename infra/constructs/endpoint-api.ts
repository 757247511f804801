import { RemovalPolicy } from 'aws-cdk-lib'
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway'
import {
  HttpApi,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2'
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import type { IFunction } from 'aws-cdk-lib/aws-lambda'
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import { acceptFinding } from '../checks.ts'

/** What is logged of a request: nothing that the viewer wrote, for codes and hints travel in query strings. */
const accessLogFields = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  sourceIp: '$context.identity.sourceIp',
  method: '$context.httpMethod',
  route: '$context.routeKey',
  status: '$context.status',
  responseBytes: '$context.responseLength',
  latencyMs: '$context.responseLatency',
  integrationLatencyMs: '$context.integrationLatency',
  integrationError: '$context.integrationErrorMessage',
} as const

/** The HTTP API that routes requests to the functions. */
export class EndpointApi extends Construct {
  readonly api: HttpApi

  constructor(scope: Construct, id: string) {
    super(scope, id)
    this.api = new HttpApi(this, 'Api', { apiName: 'sallyport', createDefaultStage: false })
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      autoDeploy: true,
      accessLogSettings: {
        destination: new LogGroupLogDestination(this.accessLog()),
        format: AccessLogFormat.custom(JSON.stringify(accessLogFields)),
      },
    })
  }

  /** Routes requests to a function, or an alias of it. @param routes route keys of the HTTP API */
  route(name: string, routes: readonly string[], handler: IFunction): void {
    const integration = new HttpLambdaIntegration(name, handler, { scopePermissionToRoute: false })
    for (const routeKey of routes) {
      const route = new HttpRoute(this, routeKey, {
        httpApi: this.api,
        routeKey: parseRouteKey(routeKey),
        integration,
      })
      acceptFinding(route, 'AwsSolutions-APIG4')
    }
  }

  private accessLog(): LogGroup {
    return new LogGroup(this, 'AccessLog', {
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    })
  }
}

function parseRouteKey(text: string): HttpRouteKey {
  const [name, path] = text.split(' ')
  const method = Object.values(HttpMethod).find((known) => known === name)
  if (method === undefined || path === undefined) throw new Error(`Not a route key: ${text}`)
  return HttpRouteKey.with(path, method)
}
