import type { Locale } from '../texts/locale.ts'
import { type Html, html } from './html.ts'
import { layout, product } from './layout.ts'
import type { Page } from './page.ts'
import { type Say, sayIn } from './say.ts'

export interface ErrorPageContext {
  readonly tenantName?: string | undefined
  readonly locale: Locale
}

export interface ErrorFacts {
  /** The wire word, such as `invalid_request`. */
  readonly code: string
  /** English, as the protocols want it. */
  readonly description: string
  readonly requestId: string
}

type Kind = 'server' | 'stale' | 'request'

/** Who can do what about an error; a code that is not listed is the request's own fault. */
const kinds: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['server_error', 'server'],
  ['temporarily_unavailable', 'server'],
  ['interaction_expired', 'stale'],
  ['interaction_foreign', 'stale'],
])

const row = (label: Html, value: Html): Html => html`<dt>${label}</dt><dd>${value}</dd>`

const details = (say: Say, facts: ErrorFacts): Html => html`<dl>
${row(say('error.code'), html`<code>${facts.code}</code>`)}
${row(say('error.description'), html`<span lang="en">${facts.description}</span>`)}
${row(say('error.request-id'), html`<code>${facts.requestId}</code>`)}
</dl>`

/** Renders the page for a request that must not be answered by a redirect. */
export function errorPage(context: ErrorPageContext, facts: ErrorFacts): Page {
  const { locale, tenantName = product } = context
  const say = sayIn(locale)
  const kind = kinds.get(facts.code) ?? 'request'
  const heading = say(`error.${kind}-heading`)
  return layout({
    locale,
    tenantName,
    title: say('page.title', { page: heading, tenant: tenantName }),
    body: html`<h1>${heading}</h1>
<p>${say(`error.${kind}-advice`)}</p>
${details(say, facts)}`,
  })
}
