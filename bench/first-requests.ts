import { application, machine, people } from './credentials.ts'
import { type EdgeEvent, eventMaker } from './edge-event.ts'
import type { Contender, Sent } from './exchange.ts'
import { authorizationPath, basic, newVerifier, redeem, signIn } from './flows.ts'
import { startRecorded } from './recorded-system.ts'
import type { BenchSystem } from './system.ts'
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

/** A usual request for every function that has a URL; none of them uses anything up. */
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
  {
    method: 'POST',
    path: `/${tenant}/oauth2/token`,
    headers: {
      authorization: basic(machine),
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'grant_type=client_credentials',
    expected: 200,
  },
]

async function personalRequests(contender: Contender): Promise<readonly Expecting[]> {
  const signedIn = visitorOf(contender)
  const { access_token } = await redeem(contender, await signIn(contender, people.cheap, signedIn))
  const authorize = authorizationPath(contender, newVerifier())
  const stranger = visitorOf(contender)
  const signInPage = await stranger.get(authorize)
  const asking = authorizationPath(contender, newVerifier(), 'asking')
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
