import type { TextKey } from '../texts/catalogue.ts'
import { type Html, html } from './html.ts'
import type { Say } from './say.ts'

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

/** Scopes in the words of a person. */
export const scopeWords = (say: Say, scopes: readonly string[]): Html =>
  html`<ul>
${scopes.map((scope) => scopeItem(say, scope))}
</ul>`

/** What a client asks for, as the one list of a page. */
export const scopeList = (say: Say, scopes: readonly string[]): Html =>
  scopes.length === 0
    ? html`<p>${say('consent.no-scopes')}</p>`
    : html`<p id="scopes">${say('consent.scopes')}</p>
<ul aria-labelledby="scopes">
${scopes.map((scope) => scopeItem(say, scope))}
</ul>`
