import { App, CfnOutput, Stack } from 'aws-cdk-lib'
import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2'
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers'
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda'

const { ISSUER = 'https://id.example.com/demo', API = 'https://reports.example.com/' } = process.env

const stack = new Stack(new App(), 'Reports')

const reports = new LambdaFunction(stack, 'Function', {
  runtime: Runtime.NODEJS_24_X,
  handler: 'index.handler',
  code: Code.fromInline(`exports.handler = async ({ requestContext }) => ({
    client: requestContext.authorizer.jwt.claims.client_id,
  })`),
})

/** The gateway discovers the keys of the issuer, and compares `iss`, `aud` and the times. */
const authorizer = new HttpJwtAuthorizer('Sallyport', ISSUER, { jwtAudience: [API] })

const api = new HttpApi(stack, 'Api')
api.addRoutes({
  path: '/reports',
  methods: [HttpMethod.GET],
  integration: new HttpLambdaIntegration('Integration', reports),
  authorizer,
  authorizationScopes: ['reports:read'],
})

new CfnOutput(stack, 'Url', { value: api.apiEndpoint })
