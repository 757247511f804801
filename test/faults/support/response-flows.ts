import { signedAssertion } from '../../support/client-assertion.ts'
import { callback } from '../../support/relying-party.ts'
import { requestObject } from '../../support/request-object.ts'
import { bodyOf, type Flow, forClients, isError, leadsTo, page, reachesUserInfo } from './flow.ts'
import type { Answer, Sent } from './viewer.ts'
import type { Visitor } from './visitor.ts'

const request = { redirect_uri: callback, response_type: 'code', scope: 'openid' }

const isCreated = ({ status }: Answer): boolean => status === 201

const pushing = (visitor: Visitor): Sent =>
  visitor.as('web', 'oauth2/par', { client_id: 'web', ...request })

const pushed = (visitor: Visitor, uri = '', client = 'web'): Sent =>
  visitor.get(`oauth2/authorize?${new URLSearchParams({ client_id: client, request_uri: uri })}`)

/** What was kept can be answered. */
const isKept =
  (client: string) =>
  async (visitor: Visitor, answer: Answer): Promise<boolean> =>
    leadsTo('?code=')(await visitor.ask(pushed(visitor, bodyOf(answer)['request_uri'], client)))

/** Signed and authenticated by a key, as the strictest profiles want it. */
async function pushingObject({ tenant, issuer }: Visitor): Promise<Sent> {
  const claims = { iss: 'signs', aud: issuer, client_id: 'signs', ...request }
  const form = {
    request: await requestObject(claims),
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await signedAssertion(
      { iss: 'signs', sub: 'signs', aud: issuer },
      { alg: 'ES256' },
    ),
  }
  return { method: 'POST', path: `/${tenant}/oauth2/par`, form }
}

const tokensInFront = { client_id: 'frames', response_type: 'code id_token token', nonce: 'n' }

const inFragment = ({ headers: { location = '' } }: Answer): URLSearchParams =>
  new URLSearchParams(location.slice(location.indexOf('#') + 1))

/** Requests that clients push. */
export const pushingFlows: readonly Flow[] = [
  {
    ...forClients,
    name: 'a pushed request',
    endpoint: 'oauth2.par',
    isSignedIn: true,
    prepare: async (visitor) => pushing(visitor),
    succeeds: isCreated,
    commits: 'request-pushed',
    proves: isKept('web'),
  },
  {
    ...forClients,
    name: 'a pushed request object, with private_key_jwt',
    endpoint: 'oauth2.par',
    isSignedIn: true,
    prepare: pushingObject,
    succeeds: isCreated,
    commits: 'request-pushed',
    isUsedUp: isError('invalid_client'),
    proves: isKept('signs'),
  },
  {
    ...page,
    name: 'the answer to a pushed request',
    endpoint: 'oauth2.authorize',
    isSignedIn: true,
    async prepare(visitor) {
      return pushed(visitor, (await visitor.told(pushing(visitor)))['request_uri'])
    },
    succeeds: leadsTo('?code='),
    commits: 'request-answered',
    isUsedUp: ({ status, body }) => status === 400 && body.includes('request_uri'),
  },
]

/** Answers of the authorization endpoint that are signed, or that hold what is. */
export const signedResponseFlows: readonly Flow[] = [
  {
    ...page,
    name: 'a signed authorization response',
    endpoint: 'oauth2.authorize',
    isSignedIn: true,
    prepare: async (visitor) => visitor.authorization({ response_mode: 'jwt' }),
    succeeds: leadsTo('?response='),
  },
  {
    ...page,
    name: 'tokens in front',
    endpoint: 'oauth2.authorize',
    isSignedIn: true,
    prepare: async (visitor) => visitor.authorization(tokensInFront),
    succeeds: leadsTo('access_token='),
    commits: 'token-issued',
    proves: (visitor, answer) =>
      reachesUserInfo(visitor, inFragment(answer).get('access_token') ?? ''),
  },
]
