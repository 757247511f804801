import type { TextKey } from '../texts/catalogue.ts'
import { hiddenFields, name } from './elements.ts'
import { type Html, html } from './html.ts'
import { layout } from './layout.ts'
import type { Page, PageContext } from './page.ts'
import { type Say, sayIn } from './say.ts'
import { hostOf, isWebAddress } from './web-address.ts'

export interface ConsentFacts {
  readonly action: string
  /** The sealed interaction, carried through the form. */
  readonly interaction: string
  readonly clientName: string
  readonly clientUri?: string | undefined
  readonly policyUri?: string | undefined
  readonly tosUri?: string | undefined
  readonly userName: string
  readonly scopes: readonly string[]
}

type ScopeKey = Extract<TextKey, `scope.${string}`>

/** A map, not an object: a scope named `constructor` is a scope we do not know. */
const scopeKeys: ReadonlyMap<string, ScopeKey> = new Map<string, ScopeKey>([
  ['openid', 'scope.openid'],
  ['profile', 'scope.profile'],
  ['email', 'scope.email'],
  ['address', 'scope.address'],
  ['phone', 'scope.phone'],
  ['groups', 'scope.groups'],
  ['offline_access', 'scope.offline_access'],
])

function scopeItem(say: Say, scope: string): Html {
  const key = scopeKeys.get(scope)
  return html`<li>${key === undefined ? html`<code>${scope}</code>` : say(key)}</li>`
}

const scopeList = (say: Say, scopes: readonly string[]): Html =>
  scopes.length === 0
    ? html`<p>${say('consent.no-scopes')}</p>`
    : html`<p id="scopes">${say('consent.scopes')}</p>
<ul aria-labelledby="scopes">
${scopes.map((scope) => scopeItem(say, scope))}
</ul>`

/** A link out: in a tab of its own so that the question stays, and without a referrer that would carry it. */
const link = (say: Say, address: string | undefined, label: Html): Html | undefined =>
  address === undefined || !isWebAddress(address)
    ? undefined
    : html`<a href="${address}" target="_blank" rel="noopener noreferrer">${label} <span class="unseen">${say('page.new-tab')}</span></a>`

const links = (items: readonly (Html | undefined)[]): Html | undefined => {
  const present = items.filter((item) => item !== undefined)
  return present.length === 0 ? undefined : html`<p class="links">${present}</p>`
}

/** The host beside the name: a client may call itself anything, but not live anywhere. */
function clientHost(say: Say, clientUri: string | undefined): Html | undefined {
  const host = hostOf(clientUri ?? '')
  return host === undefined ? undefined : links([link(say, clientUri, html`<bdi>${host}</bdi>`)])
}

const clientTerms = (say: Say, { policyUri, tosUri }: ConsentFacts): Html | undefined =>
  links([link(say, policyUri, say('consent.policy')), link(say, tosUri, say('consent.terms'))])

const body = (say: Say, facts: ConsentFacts): Html =>
  html`<h1>${say('consent.heading', { client: name(facts.clientName) })}</h1>
${clientHost(say, facts.clientUri)}
<p class="lead">${say('page.signed-in-as', { user: name(facts.userName) })}</p>
${scopeList(say, facts.scopes)}
${clientTerms(say, facts)}
<form method="post" action="${facts.action}">
${hiddenFields({ interaction: facts.interaction })}
<div class="choice">
<button name="deny" value="yes">${say('consent.deny')}</button>
<button class="primary" name="allow" value="yes">${say('consent.allow')}</button>
</div>
</form>`

/** Renders the page that asks whether a client may have what it asks for. */
export function consentPage(context: PageContext, facts: ConsentFacts): Page {
  const say = sayIn(context.locale)
  const title = say('page.title', { page: say('consent.title'), tenant: context.tenantName })
  return layout({ ...context, title, body: body(say, facts) })
}
