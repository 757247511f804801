import * as oidc from 'openid-client'

const {
  ISSUER = 'http://localhost:9000/demo',
  CLIENT_ID = 'demo-service',
  CLIENT_SECRET = 'demo-service-secret-for-this-computer-only',
  API = 'https://reports.example.com/',
  SCOPE = 'reports:read',
} = process.env

const execute = ISSUER.startsWith('http://localhost:') ? [oidc.allowInsecureRequests] : []
const secret = oidc.ClientSecretBasic(CLIENT_SECRET)
const provider = await oidc.discovery(new URL(ISSUER), CLIENT_ID, {}, secret, { execute })

const request = () => oidc.clientCredentialsGrant(provider, { scope: SCOPE, resource: API })
let token = await request()

/** One token serves every call until shortly before it expires. */
async function accessToken(): Promise<string> {
  if ((token.expiresIn() ?? 0) < 30) token = await request()
  return token.access_token
}

console.log(await accessToken())
