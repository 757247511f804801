import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { bundleForBrowser } from '../bundle.ts'
import { ownEntry } from '../own-entry.ts'
import type { Listener } from '../server.ts'
import { developerPage } from './developer-page.ts'
import type { DeveloperFacts } from './facts.ts'
import { type Action, type ActionAnswer, isFromElsewhere, runAction } from './site-actions.ts'

export interface SiteOptions {
  /** Asked anew for every page. */
  readonly facts: () => DeveloperFacts
  /** JSON for tests and tools, by its name below `/_local/api/`. */
  readonly api: Readonly<Record<string, () => unknown>>
  /** What changes something, by method and name below `/_local/api/`, such as `POST kill`. */
  readonly actions: Readonly<Record<string, Action>>
  /** Where the demo app signs in; `undefined` when no tenant knows it. */
  readonly demo: { readonly issuer: string; readonly clientId: string } | undefined
}

interface Content {
  readonly type: string
  readonly body: string
}

type Render = () => Content | Promise<Content>

const root = '/_local'
const apiRoot = `${root}/api/`

export const isSitePath = (path: string): boolean => path === root || path.startsWith(`${root}/`)

/** Serves the developer's page, its JSON and the demo app. */
export async function createSite(options: SiteOptions): Promise<Listener> {
  const contents = { ...pagesOf(options), ...(await demoOf(options)) }
  return async (request, response) => {
    const path = (request.url ?? '').split('?')[0]?.replace(/\/$/, '') ?? ''
    const action = ownEntry(options.actions, `${request.method} ${path.replace(apiRoot, '')}`)
    const refusal = refusalOf(request, action !== undefined)
    if (refusal) return send(response, refusal, text('This is for this computer only.'))
    if (action) return sendAnswer(response, await runAction(action, request))
    const render = ownEntry(contents, path)
    if (!render) return send(response, 404, text('There is no such page here.'))
    send(response, 200, await render())
  }
}

/** A page elsewhere could point a name of its own at this computer; such a name is not ours. */
const ownHosts = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/

function refusalOf(request: IncomingMessage, mayChange: boolean): number | undefined {
  const { method = '', headers } = request
  if (!ownHosts.test(headers.host ?? '')) return 403
  if (mayChange) return isFromElsewhere(request) ? 403 : undefined
  return method === 'GET' || method === 'HEAD' ? undefined : 405
}

const text = (body: string): Content => ({ type: 'text/plain; charset=utf-8', body: `${body}\n` })
const page = (body: string): Content => ({ type: 'text/html; charset=utf-8', body })
const json = (value: unknown): Content => ({
  type: 'application/json',
  body: `${JSON.stringify(value, null, 2)}\n`,
})

const pagesOf = ({ facts, api }: SiteOptions): Record<string, Render> => ({
  [root]: () => page(developerPage(facts())),
  [`${root}/developer.css`]: fileOf('local/pages/developer.css', 'text/css'),
  ...Object.fromEntries(
    Object.entries(api).map(([name, read]) => [`${apiRoot}${name}`, () => json(read())]),
  ),
})

async function demoOf({ demo }: SiteOptions): Promise<Record<string, Render>> {
  if (!demo) return {}
  const app = `${root}/app`
  const script = await bundleForBrowser('demo/app.ts')
  const index: Render = async () => {
    const template = await read('demo/index.html')
    return page(
      template
        .replace('{issuer}', escapeAttribute(demo.issuer))
        .replace('{client-id}', escapeAttribute(demo.clientId)),
    )
  }
  return {
    [app]: index,
    [`${app}/callback`]: index,
    [`${app}/app.js`]: () => ({ type: 'text/javascript; charset=utf-8', body: script }),
    [`${app}/app.css`]: fileOf('demo/app.css', 'text/css'),
    [`${app}/icon.svg`]: fileOf('demo/icon.svg', 'image/svg+xml'),
  }
}

const escapeAttribute = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')

const read = (file: string): Promise<string> =>
  readFile(new URL(`../../${file}`, import.meta.url), 'utf8')

/** Read anew every time, so that a change shows on the next reload. */
const fileOf =
  (file: string, type: string): Render =>
  async () => ({ type: `${type}; charset=utf-8`, body: await read(file) })

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

function sendAnswer(response: ServerResponse, answer: ActionAnswer): void {
  switch (answer.kind) {
    case 'refused':
      send(response, answer.status, text(answer.reason))
      break
    case 'done':
      send(response, 200, json(answer.result ?? {}))
      break
    case 'show-page':
      response.setHeader('location', `${root}#faults`)
      send(response, 303, text('Done.'))
      break
  }
}

function send(response: ServerResponse, status: number, { type, body }: Content): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'content-security-policy': contentSecurityPolicy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  })
  response.end(response.req.method === 'HEAD' ? undefined : body)
}
