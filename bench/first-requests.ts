import { application, type Credentials, machine, people } from './credentials.ts'
import { type EdgeEvent, eventMaker } from './edge-event.ts'
import type { Contender, Sent } from './exchange.ts'
import { startRecorded } from './recorded-system.ts'
import { authorizationPath, authorizationRequest, newVerifier, signIn } from './sign-in.ts'
import type { BenchSystem } from './system.ts'
import { basic, redeem } from './token-requests.ts'
import { visitorOf } from './visitor.ts'

/** What a new instance of a function is asked first, and the status that is right. */
export interface FirstRequest extends EdgeEvent {
  readonly expected: number
}

type Expecting = Sent & { readonly expected: number }

const tenant = 'kms-wrapped'

const get = (path: string, expected: number, headers = {}): Expecting => ({
  method: 'GET',
  path,
  headers,
  expected,
})

const post = (
  path: string,
  client: Credentials,
  form: Readonly<Record<string, string>>,
  expected: number,
): Expecting => ({
  method: 'POST',
  path: `/${tenant}/${path}`,
  headers: {
    authorization: basic(client),
    'content-type': 'application/x-www-form-urlencoded',
  },
  body: String(new URLSearchParams(form)),
  expected,
})

/** A usual request for each function that matters most; none of them uses anything up. */
export async function firstRequests(bench: BenchSystem): Promise<readonly FirstRequest[]> {
  const recorded = await startRecorded(bench)
  try {
    const eventOf = eventMaker(bench.system)
    const sent = [...publicRequests(), ...(await personalRequests(recorded.contender(tenant)))]
    return sent.map(({ expected, ...request }) => ({ ...eventOf(request), expected }))
  } finally {
    await recorded.close()
  }
}

const publicRequests = (): readonly Expecting[] => [
  get(`/${tenant}/.well-known/openid-configuration`, 200),
  get(`/.well-known/oauth-authorization-server/${tenant}`, 200),
  get(`/${tenant}/oauth2/jwks`, 200),
  post('oauth2/token', machine, { grant_type: 'client_credentials' }, 200),
  post('oauth2/introspect', machine, { token: 'not-one-of-ours' }, 200),
  post('oauth2/par', application, authorizationRequest(newVerifier()), 201),
]

async function personalRequests(contender: Contender): Promise<readonly Expecting[]> {
  const signedIn = visitorOf(contender)
  const { access_token } = await redeem(contender, await signIn(contender, people.cheap, signedIn))
  const authorize = authorizationPath(contender, newVerifier())
  const stranger = visitorOf(contender)
  const signInPage = await stranger.get(authorize)
  const asking = authorizationPath(contender, newVerifier(), { client_id: 'asking' })
  const consentPage = await signedIn.get(asking)
  const cookie = { cookie: signedIn.cookies() }
  return [
    get(authorize, 303),
    get(contender.paths.userInfo, 200, { authorization: `Bearer ${access_token}` }),
    get(`/${tenant}/oauth2/logout?client_id=${application.id}`, 200, cookie),
    get(pathOf(signInPage.location), 200, { cookie: stranger.cookies() }),
    get(pathOf(consentPage.location), 200, cookie),
  ]
}

const pathOf = (location = ''): string =>
  location.startsWith('/') ? location : new URL(location).pathname + new URL(location).search
