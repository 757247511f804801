import { type Html, html } from '#shared/signin/views/html.ts'
import type { ShownTenant, ShownUser } from './facts.ts'

/** One card a tenant: where it is, who may sign in, which clients it knows. */
export const tenantCards = (tenants: readonly ShownTenant[]): Html =>
  tenants.length === 0
    ? html`<p class="nothing">The configuration document declares no tenant.</p>`
    : html`<div class="cards">${tenants.map(tenantCard)}</div>`

const tenantCard = ({ id, displayName, issuer, users, clientIds }: ShownTenant): Html =>
  html`<article class="card tenant" aria-labelledby="tenant-${id}">
<h3 id="tenant-${id}">${displayName}</h3>
<p><code class="issuer">${issuer}</code></p>
<p class="links">
<a href="${issuer}/.well-known/openid-configuration">Discovery</a>
<a href="${issuer}/oauth2/jwks">Keys</a>
</p>
<h4>Users</h4>
${listOf(users.map(userItem), 'No users.')}
<h4>Clients</h4>
${listOf(clientIds.map(clientItem), 'No clients.')}
</article>`

const listOf = (items: readonly Html[], otherwise: string): Html =>
  items.length === 0 ? html`<p class="quiet">${otherwise}</p>` : html`<ul>${items}</ul>`

const userItem = ({ userName, displayName, isActive, password }: ShownUser): Html =>
  html`<li><span><strong>${displayName ?? userName}</strong>${isActive ? undefined : ' (inactive)'}</span>
<code>${userName}</code>${password === undefined ? undefined : passwordOf(password)}</li>`

const passwordOf = (password: string): Html =>
  html` <span><span class="quiet">password</span> <code>${password}</code></span>`

const clientItem = (clientId: string): Html => html`<li><code>${clientId}</code></li>`
