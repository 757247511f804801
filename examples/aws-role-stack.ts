import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib'
import { OidcProviderNative, Role, WebIdentityPrincipal } from 'aws-cdk-lib/aws-iam'
import { Bucket } from 'aws-cdk-lib/aws-s3'

const {
  ISSUER = 'https://id.example.com/demo',
  AUDIENCE = 'https://sts.amazonaws.com/',
  SUBJECT = 'demo-service',
} = process.env

const stack = new Stack(new App(), 'Workload')

const provider = new OidcProviderNative(stack, 'Sallyport', {
  url: ISSUER,
  clientIds: [AUDIENCE],
})

/** Both conditions count: without `sub` every client of the tenant could take the role. */
const name = ISSUER.replace('https://', '')
const role = new Role(stack, 'Role', {
  assumedBy: new WebIdentityPrincipal(provider.oidcProviderArn, {
    StringEquals: { [`${name}:aud`]: AUDIENCE, [`${name}:sub`]: SUBJECT },
  }),
  maxSessionDuration: Duration.hours(1),
})
new Bucket(stack, 'Bucket').grantRead(role)

new CfnOutput(stack, 'RoleArn', { value: role.roleArn })
