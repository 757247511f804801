import { AssumeRoleWithWebIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import * as oidc from 'openid-client'

const {
  ISSUER = 'http://localhost:9000/demo',
  CLIENT_ID = 'demo-service',
  CLIENT_SECRET = 'demo-service-secret-for-this-computer-only',
  AUDIENCE = 'https://sts.amazonaws.com/',
  ROLE_ARN = 'arn:aws:iam::123456789012:role/workload',
  AWS_REGION = 'eu-central-1',
} = process.env

const execute = ISSUER.startsWith('http://localhost:') ? [oidc.allowInsecureRequests] : []
const secret = oidc.ClientSecretBasic(CLIENT_SECRET)
const provider = await oidc.discovery(new URL(ISSUER), CLIENT_ID, {}, secret, { execute })
const { access_token: WebIdentityToken } = await oidc.clientCredentialsGrant(provider, {
  resource: AUDIENCE,
})

const sts = new STSClient({ region: AWS_REGION })
const { Credentials } = await sts.send(
  new AssumeRoleWithWebIdentityCommand({
    RoleArn: ROLE_ARN,
    RoleSessionName: CLIENT_ID,
    WebIdentityToken,
    DurationSeconds: 900,
  }),
)
console.log(`Role taken until ${Credentials?.Expiration?.toISOString()}`)
