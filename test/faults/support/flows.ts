import type { EndpointName } from '#infra/endpoints.ts'
import type { Activity } from '#shared/audit/event.ts'
import { signedAssertion } from '../../support/client-assertion.ts'
import { basic } from '../../support/relying-party.ts'
import type { Answer, Sent } from './viewer.ts'
import { redemption, refreshing, type Visitor } from './visitor.ts'
import { Disturbed } from './watch.ts'

/** One request with everything that must have happened before it. */
export interface Flow {
  readonly name: string
  readonly endpoint: EndpointName
  /** Answers the request that is made under a fault; what it does before is not. */
  readonly prepare: (visitor: Visitor) => Promise<Sent>
  readonly succeeds: (answer: Answer) => boolean
  /** The event that a success commits. */
  readonly commits?: Activity
  /** True where there is nothing left to do once it is done: a repetition succeeds, and commits nothing. */
  readonly isFinal?: true
  /** The event of a repetition after the commit, which is taken for theft. */
  readonly replayed?: Activity
  /** True where authenticating the client uses something up before the grant is redeemed. */
  readonly usesAssertion?: boolean
  /** Whether what was answered is any good. */
  readonly proves?: (visitor: Visitor, answer: Answer) => Promise<boolean>
  readonly isPage: boolean
  /** Whether somebody is to be signed in before. */
  readonly isSignedIn?: true
}

const isOk = ({ status }: Answer): boolean => status === 200
const leadsTo =
  (part: string) =>
  ({ status, headers: { location = '' } }: Answer): boolean =>
    status === 303 && location.includes(part)

const machine = (form: Record<string, string>, headers: Record<string, string> = {}) =>
  ({ form: { grant_type: 'client_credentials', ...form }, headers }) as const

const bodyOf = ({ body }: Answer): Readonly<Record<string, string>> => JSON.parse(body)

/** A refresh token that was handed out works: its family stands. */
async function refreshes(visitor: Visitor, answer: Answer): Promise<boolean> {
  const sent = visitor.token(refreshing(bodyOf(answer)['refresh_token']))
  const { status } = await visitor.ask(sent)
  if (status === 503) throw new Disturbed('the proof took too long')
  return status === 200
}

const forClients = { isPage: false, succeeds: isOk }
const page = { isPage: true }

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
    usesAssertion: true,
  },
]
