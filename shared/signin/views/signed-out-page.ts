import { name } from './elements.ts'
import { type Html, html } from './html.ts'
import { layout } from './layout.ts'
import type { Page, PageContext } from './page.ts'
import { type Say, sayIn } from './say.ts'
import { isWebAddress } from './web-address.ts'

export interface SignedOutFacts {
  readonly clientName?: string | undefined
  /** Addresses of apps that are loaded out of sight, so that they end their sessions too. */
  readonly frames?: readonly string[]
  /** Where the browser goes once they are loaded, or have had time for it. */
  readonly location?: string | undefined
}

/** How long apps may take; `load` comes when the last of them has answered. */
const waitSeconds = 5

/** What may stand in a policy, whatever was registered. */
const frameOrigin = /^https?:\/\/[a-z0-9.:[\]-]+$/

const originOf = (uri: string): string => URL.parse(uri)?.origin ?? ''

/** Follows the link of the page once all frames are loaded. */
export const goOnScript = `const goOn = () => location.replace(document.querySelector('a[rel=next]').href)
addEventListener('load', goOn)
setTimeout(goOn, ${waitSeconds * 1000})`

function farewell(say: Say, tenantName: string, clientName: string | undefined): Html {
  const tenant = name(tenantName)
  return clientName === undefined
    ? say('signed-out.tenant', { tenant })
    : say('signed-out.client', { tenant, client: name(clientName) })
}

const frame = (uri: string): Html => html`<iframe src="${uri}" title="" hidden></iframe>`

/** Without JavaScript the browser waits as long as may be, and the link is there. */
function refresh(location: string): Html | undefined {
  if (!isWebAddress(location)) return undefined
  const content = `${waitSeconds}; url=${location}`
  return html`<noscript><meta http-equiv="refresh" content="${content}"></noscript>`
}

const wayOn = (say: Say, location: string): Html =>
  html`<p><a rel="next" href="${location}">${say('signed-out.go-on')}</a></p>`

/**
 * Renders the page that says that the session has ended, and that lets the browser tell apps of it.
 *
 * @spec https://openid.net/specs/openid-connect-frontchannel-1_0.html#OPLogout
 */
export function signedOutPage(context: PageContext, facts: SignedOutFacts): Page {
  const { frames = [], location } = facts
  const say = sayIn(context.locale)
  const heading = say('signed-out.heading')
  return layout({
    ...context,
    title: say('page.title', { page: heading, tenant: context.tenantName }),
    frames: frames.map(originOf).filter((origin) => frameOrigin.test(origin)),
    ...(location === undefined ? {} : { script: goOnScript, head: refresh(location) }),
    body: html`<h1>${heading}</h1>
<p>${farewell(say, context.tenantName, facts.clientName)}</p>
${location === undefined ? undefined : wayOn(say, location)}
${frames.map(frame)}`,
  })
}
