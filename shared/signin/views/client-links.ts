import { type Html, html } from './html.ts'
import type { Say } from './say.ts'
import { hostOf, isWebAddress } from './web-address.ts'

/** A link out: in a tab of its own so that the question stays, and without a referrer that would carry it. */
export const link = (say: Say, address: string | undefined, label: Html): Html | undefined =>
  address === undefined || !isWebAddress(address)
    ? undefined
    : html`<a href="${address}" target="_blank" rel="noopener noreferrer">${label} <span class="unseen">${say('page.new-tab')}</span></a>`

export const links = (items: readonly (Html | undefined)[]): Html | undefined => {
  const present = items.filter((item) => item !== undefined)
  return present.length === 0 ? undefined : html`<p class="links">${present}</p>`
}

/** The host beside the name: a client may call itself anything, but not live anywhere. */
export function clientHost(say: Say, clientUri: string | undefined): Html | undefined {
  const host = hostOf(clientUri ?? '')
  return host === undefined ? undefined : links([link(say, clientUri, html`<bdi>${host}</bdi>`)])
}
