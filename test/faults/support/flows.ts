import { signedAssertion } from '../../support/client-assertion.ts'
import { basic } from '../../support/relying-party.ts'
import { type Flow, forClients, isError, isOk, leadsTo, page, refreshes } from './flow.ts'
import { redemption, refreshing } from './visitor.ts'

const machine = (form: Record<string, string>, headers: Record<string, string> = {}) =>
  ({ form: { grant_type: 'client_credentials', ...form }, headers }) as const

/** What is the same in both custodies of signing keys. */
export const commonFlows: readonly Flow[] = [
  {
    ...forClients,
    name: 'discovery',
    endpoint: 'well-known.openid-configuration',
    prepare: async (visitor) => visitor.get('.well-known/openid-configuration'),
  },
  {
    ...forClients,
    name: 'the metadata of the authorization server',
    endpoint: 'well-known.oauth-authorization-server',
    prepare: async ({ tenant }) => ({
      method: 'GET',
      path: `/.well-known/oauth-authorization-server/${tenant}`,
    }),
  },
  {
    ...forClients,
    name: 'the metadata of the protected resource',
    endpoint: 'well-known.oauth-protected-resource',
    prepare: async ({ tenant }) => ({
      method: 'GET',
      path: `/.well-known/oauth-protected-resource/${tenant}/oauth2/userinfo`,
    }),
  },
  {
    ...forClients,
    name: 'a preflight',
    endpoint: 'oauth2.preflight',
    prepare: async ({ tenant }) => ({
      method: 'OPTIONS',
      path: `/${tenant}/oauth2/token`,
      headers: {
        origin: 'https://app.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization',
      },
    }),
    succeeds: ({ status }) => status === 204,
  },
  {
    ...page,
    name: 'the frame that tells whether the session has changed',
    endpoint: 'oauth2.check-session',
    prepare: async (visitor) => visitor.get('oauth2/check_session'),
    succeeds: isOk,
  },
  {
    ...page,
    name: 'a login that somebody else begins',
    endpoint: 'oauth2.initiate-login',
    prepare: async (visitor) => visitor.get('oauth2/initiate_login?client_id=web'),
    succeeds: leadsTo('https://app.example/start'),
  },
  {
    ...forClients,
    name: 'JWKS',
    endpoint: 'oauth2.jwks',
    prepare: async (visitor) => visitor.get('oauth2/jwks'),
  },
  {
    ...page,
    name: 'an authorization request of nobody',
    endpoint: 'oauth2.authorize',
    prepare: async (visitor) => visitor.authorization(),
    succeeds: leadsTo('/signin?'),
  },
  {
    ...page,
    name: 'an authorization request of somebody signed in',
    endpoint: 'oauth2.authorize',
    isSignedIn: true,
    prepare: async (visitor) => visitor.authorization(),
    succeeds: leadsTo('?code='),
  },
  {
    ...page,
    name: 'the sign-in page',
    endpoint: 'signin.password',
    prepare: async (visitor) => visitor.signInPage(),
    succeeds: isOk,
  },
  {
    ...page,
    name: 'a sign-in',
    endpoint: 'signin.password',
    prepare: (visitor) => visitor.password(),
    succeeds: leadsTo('/oauth2/authorize/resume?'),
    commits: 'sign-in',
  },
  {
    ...page,
    name: 'a wrong password',
    endpoint: 'signin.password',
    prepare: (visitor) => visitor.password({ username: visitor.stranger, password: 'wrong' }),
    succeeds: ({ status }) => status === 422,
    commits: 'sign-in-failed',
  },
  {
    ...page,
    name: 'the consent page',
    isSignedIn: true,
    endpoint: 'signin.consent',
    prepare: (visitor) => visitor.consentPage(),
    succeeds: isOk,
  },
  {
    ...page,
    name: 'consent',
    isSignedIn: true,
    endpoint: 'signin.consent',
    prepare: (visitor) => visitor.consent(),
    succeeds: leadsTo('/oauth2/authorize/resume?'),
    commits: 'consent',
  },
  {
    ...forClients,
    name: 'userinfo',
    isSignedIn: true,
    endpoint: 'oauth2.userinfo',
    async prepare(visitor) {
      const { access_token: token } = await visitor.tokens()
      return visitor.get('oauth2/userinfo', { authorization: `Bearer ${token}` })
    },
  },
  {
    ...forClients,
    name: 'introspection',
    isSignedIn: true,
    endpoint: 'oauth2.introspect',
    async prepare(visitor) {
      const { access_token: token } = await visitor.tokens()
      return visitor.inquiry('introspect', token)
    },
  },
  {
    ...forClients,
    name: 'revocation',
    isSignedIn: true,
    endpoint: 'oauth2.revoke',
    async prepare(visitor) {
      const { refresh_token: token } = await visitor.tokens()
      return visitor.inquiry('revoke', token)
    },
    commits: 'token-revoked',
    isFinal: true,
  },
  {
    ...page,
    name: 'logout',
    endpoint: 'oauth2.logout',
    async prepare(visitor) {
      await visitor.signIn()
      const { id_token: hint = '' } = await visitor.tokens()
      return visitor.get(`oauth2/logout?${new URLSearchParams({ id_token_hint: hint })}`)
    },
    succeeds: isOk,
    commits: 'sign-out',
    isFinal: true,
  },
]

/** What signs, and so calls AWS differently in each custody. */
export const signingFlows: readonly Flow[] = [
  {
    ...forClients,
    name: 'code redemption',
    isSignedIn: true,
    endpoint: 'oauth2.token',
    prepare: async (visitor) => visitor.token(redemption(await visitor.code())),
    commits: 'code-redeemed',
    replayed: 'code-replayed',
    proves: refreshes,
  },
  {
    ...forClients,
    name: 'refresh',
    isSignedIn: true,
    endpoint: 'oauth2.token',
    async prepare(visitor) {
      const { refresh_token: token } = await visitor.tokens()
      return visitor.token(refreshing(token))
    },
    commits: 'token-refreshed',
    replayed: 'refresh-replayed',
    proves: refreshes,
  },
  {
    ...forClients,
    name: 'client_credentials with a secret',
    endpoint: 'oauth2.token',
    prepare: async (visitor) =>
      visitor.token(machine({}, { authorization: basic('machine', 'machine-secret') })),
    commits: 'token-issued',
  },
  {
    ...forClients,
    name: 'client_credentials with private_key_jwt',
    endpoint: 'oauth2.token',
    prepare: async (visitor) =>
      visitor.token(
        machine({
          client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
          client_assertion: await signedAssertion({ aud: visitor.issuer }),
        }),
      ),
    commits: 'token-issued',
    isUsedUp: isError('invalid_client'),
  },
]
