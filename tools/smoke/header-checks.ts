import { type Check, must } from './check.ts'
import { basic, fetchJson, fetchText, type JsonAnswer } from './journey.ts'

/** API Gateway renames some headers of the functions, and clients then see no challenge. */
function challengeOf({ status, headers }: JsonAnswer): string {
  must(status === 401, `the answer is ${status}, not 401`)
  const remapped = headers.get('x-amzn-remapped-www-authenticate')
  must(remapped === null, 'the gateway has renamed WWW-Authenticate to x-amzn-remapped-…')
  const challenge = headers.get('www-authenticate')
  must(challenge !== null, 'there is no WWW-Authenticate')
  return challenge
}

const wrongClient = (issuer: string): Promise<JsonAnswer> =>
  fetchJson(`${issuer}/oauth2/token`, {
    method: 'POST',
    headers: { authorization: basic('smoke-no-such-client', 'wrong') },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  })

const userInfo = (issuer: string, headers: Record<string, string> = {}): Promise<JsonAnswer> =>
  fetchJson(`${issuer}/oauth2/userinfo`, { headers })

/** What would tell a stranger what runs behind. */
const telling =
  /^(x-powered-by|x-amzn-remapped-.*|x-amzn-trace-id|x-runtime|x-origin-secret|via-.*)$/

export const headerChecks: readonly Check[] = [
  {
    name: 'token endpoint: an unknown client gets 401 with a Basic challenge, not to be stored',
    async run({ options: { issuer } }) {
      const answer = await wrongClient(issuer)
      const challenge = challengeOf(answer)
      must(challenge.startsWith('Basic '), `the challenge is '${challenge}'`)
      must(answer.body['error'] === 'invalid_client', `the error is '${answer.body['error']}'`)
      const caching = answer.headers.get('cache-control')
      must(caching === 'no-store', `Cache-Control is '${caching}'`)
      return undefined
    },
  },
  {
    name: 'userinfo: without a token a bare Bearer challenge',
    async run({ options: { issuer } }) {
      const challenge = challengeOf(await userInfo(issuer))
      must(/^Bearer (?!.*error=)/.test(challenge), `the challenge is '${challenge}'`)
      return undefined
    },
  },
  {
    name: 'userinfo: the Authorization header of a GET reaches the function',
    async run({ options: { issuer } }) {
      const challenge = challengeOf(await userInfo(issuer, { authorization: 'Bearer wrong' }))
      must(challenge.includes('error="invalid_token"'), `the challenge is '${challenge}'`)
      return undefined
    },
  },
  {
    name: 'an unknown tenant is 404 from the function, not a page of the edge',
    async run({ options: { issuer } }) {
      const url = `${new URL(issuer).origin}/smoke-no-such-tenant/oauth2/token`
      const { status, body } = await fetchJson(url, { method: 'POST', body: '' })
      must(status === 404 && 'error' in body, `the answer is ${status}, ${JSON.stringify(body)}`)
      return undefined
    },
  },
  {
    name: 'nosniff everywhere, and no header that tells what runs behind',
    async run({ options: { issuer } }) {
      for (const path of ['/oauth2/jwks', '/oauth2/userinfo', '/oauth2/authorize', '/nothing']) {
        const { headers } = await fetchText(issuer + path)
        const isOurs = path !== '/nothing' || issuer.startsWith('https://')
        const sniffing = headers.get('x-content-type-options')
        must(!isOurs || sniffing === 'nosniff', `${path}: x-content-type-options is ${sniffing}`)
        const leaks = [...headers.keys()].filter((name) => telling.test(name))
        must(leaks.length === 0, `${path}: ${leaks.join(', ')}`)
      }
      return undefined
    },
  },
  {
    name: 'https for ever: Strict-Transport-Security of a year at least',
    needs: 'https',
    async run({ options: { issuer } }) {
      const { headers } = await userInfo(issuer)
      const told = headers.get('strict-transport-security') ?? ''
      const seconds = Number(/max-age=(\d+)/.exec(told)?.[1] ?? 0)
      must(seconds >= 31_536_000, `Strict-Transport-Security is '${told}'`)
      return told
    },
  },
  {
    name: 'plain http is refused, not redirected',
    needs: 'https',
    async run({ options: { issuer } }) {
      const { status } = await fetchText(`${issuer.replace('https:', 'http:')}/oauth2/jwks`)
      must(status === 403, `http answers ${status}`)
      return undefined
    },
  },
  {
    name: 'the HTTP API itself refuses whoever goes around the distribution',
    needs: 'execute-api',
    async run({ options: { issuer, executeApi } }) {
      const { status } = await fetchText(`${executeApi}${new URL(issuer).pathname}/oauth2/jwks`)
      must(status === 403, `execute-api answers ${status}`)
      return undefined
    },
  },
]
