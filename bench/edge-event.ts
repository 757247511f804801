import { randomUUID } from 'node:crypto'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { renderEvent } from '#local/http-event.ts'
import { type RouteMatch, selectRoute } from '#local/routes.ts'
import type { LocalRoute } from '#local/template.ts'
import type { Sent } from './exchange.ts'

/** What the edge knows; plain data, so that it can be handed to another process. */
export interface Edge {
  readonly routes: readonly LocalRoute[]
  readonly edgeHeaders: Readonly<Record<string, string>>
  readonly region: string
  readonly accountId: string
}

/** An event as the HTTP API makes it, and the function that it is for. */
export interface EdgeEvent {
  readonly functionName: string
  readonly event: APIGatewayProxyEventV2
}

/** What a browser of today sends along, in the order of magnitude of bytes. */
const viewerHeaders: ReadonlyArray<readonly [string, string]> = [
  ['accept', 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'],
  ['accept-encoding', 'gzip, deflate, br, zstd'],
  ['accept-language', 'en-GB,en;q=0.5'],
  ['user-agent', 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'],
  ['x-forwarded-for', '203.0.113.7, 192.0.2.1'],
  ['x-forwarded-port', '443'],
  ['x-forwarded-proto', 'https'],
]

/** Makes events; a path is matched once, for matching is the gateway's work and not the function's. */
export function eventMaker(edge: Edge): (sent: Sent) => EdgeEvent {
  const matches = new Map<string, RouteMatch>()
  const added = Object.entries(edge.edgeHeaders).map(
    ([name, value]) => [name.toLowerCase(), value] as const,
  )
  const domainName = `local.execute-api.${edge.region}.amazonaws.com`

  function matchOf(method: string, path: string): RouteMatch {
    const match =
      matches.get(`${method} ${path}`) ?? selectRoute(edge.routes, method, decodeURIComponent(path))
    if (!match) throw new Error(`no function serves ${method} ${path}`)
    matches.set(`${method} ${path}`, match)
    return match
  }

  return ({ method, path, headers, body = '' }) => {
    const [pathOnly = '', queryString = ''] = path.split('?')
    const match = matchOf(method, pathOnly)
    const request = {
      method,
      path: pathOnly,
      queryString,
      headers: [...viewerHeaders, ...Object.entries(headers), ...added],
      body: Buffer.from(body),
      sourceAddress: '192.0.2.1',
    }
    const facts = { accountId: edge.accountId, apiId: 'local', domainName }
    const event = renderEvent(request, match, {
      ...facts,
      requestId: randomUUID(),
      time: new Date(),
    })
    return { functionName: match.route.functionName, event }
  }
}
