import { type Check, must } from './check.ts'
import { fetchJson, type JsonAnswer } from './journey.ts'

/** Where RFC 8414 places the document: between host and path of the issuer. */
function authorizationServerUrl(issuer: string): string {
  const { origin, pathname } = new URL(issuer)
  return `${origin}/.well-known/oauth-authorization-server${pathname}`
}

/** How long an answer may be kept, and what the edge did with it. */
function cachingOf({ headers }: JsonAnswer): string {
  const caching = headers.get('cache-control') ?? ''
  const maximalAge = Number(/max-age=(\d+)/.exec(caching)?.[1] ?? 0)
  must(maximalAge > 0 && !caching.includes('private'), `Cache-Control is '${caching}'`)
  const [age, edge] = [headers.get('age'), headers.get('x-cache')]
  return [caching, age && `Age ${age}`, edge].filter(Boolean).join(', ')
}

async function checkDocument(url: string, issuer: string): Promise<string> {
  const answer = await fetchJson(url)
  must(answer.status === 200, `${url} answers ${answer.status}`)
  const told = answer.body['issuer']
  must(told === issuer, `the document's issuer is '${told}', not '${issuer}'`)
  return cachingOf(answer)
}

const endpointNames = [
  'authorization_endpoint',
  'token_endpoint',
  'userinfo_endpoint',
  'end_session_endpoint',
  'jwks_uri',
]

export const discoveryUrl = (issuer: string): string => `${issuer}/.well-known/openid-configuration`

/** What must never be in a published key. */
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv']

function checkKeys({ status, body }: JsonAnswer): readonly unknown[] {
  must(status === 200, `the keys answer ${status}`)
  const keys = Array.isArray(body['keys']) ? body['keys'] : []
  must(keys.length > 0, 'no key is published')
  for (const key of keys) {
    must(typeof key?.kid === 'string' && typeof key?.alg === 'string', 'a key lacks kid or alg')
    const leaked = privateMembers.filter((name) => name in key)
    must(leaked.length === 0, `a private member is published: ${leaked}`)
  }
  return keys
}

/** What everybody may read, and the edge may keep. */
export const documentChecks: readonly Check[] = [
  {
    name: 'OpenID discovery names this issuer, and may be kept',
    run: ({ options: { issuer } }) => checkDocument(discoveryUrl(issuer), issuer),
  },
  {
    name: 'RFC 8414 metadata names this issuer, and may be kept',
    run: ({ options: { issuer } }) => checkDocument(authorizationServerUrl(issuer), issuer),
  },
  {
    name: 'every endpoint is below the issuer',
    async run({ options: { issuer } }) {
      const { body } = await fetchJson(discoveryUrl(issuer))
      const elsewhere = endpointNames.filter((each) => !`${body[each]}`.startsWith(`${issuer}/`))
      must(elsewhere.length === 0, `elsewhere or missing: ${elsewhere.join(', ')}`)
      return undefined
    },
  },
  {
    name: 'JWKS: public halves with kid and alg, which may be kept',
    async run({ options: { issuer } }) {
      const answer = await fetchJson(`${issuer}/oauth2/jwks`)
      const keys = checkKeys(answer)
      return `${keys.length} keys, ${cachingOf(answer)}`
    },
  },
]
