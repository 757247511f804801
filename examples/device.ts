import * as oidc from 'openid-client'

const { ISSUER = 'http://localhost:9000/demo', CLIENT_ID = 'demo-device' } = process.env

const execute = ISSUER.startsWith('http://localhost:') ? [oidc.allowInsecureRequests] : []
const provider = await oidc.discovery(new URL(ISSUER), CLIENT_ID, {}, oidc.None(), { execute })

const started = await oidc.initiateDeviceAuthorization(provider, { scope: 'openid profile' })
console.log(`Visit ${started.verification_uri} and enter ${started.user_code}`)
console.log(`Or scan: ${started.verification_uri_complete}`)

const tokens = await oidc.pollDeviceAuthorizationGrant(provider, started)
const subject = tokens.claims()?.sub ?? ''
const { name } = await oidc.fetchUserInfo(provider, tokens.access_token, subject)
console.log(`Hello, ${name}`)
