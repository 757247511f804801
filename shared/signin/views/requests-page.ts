import type { ConsentDetail } from '../interaction.ts'
import { answerButtons } from './answer-buttons.ts'
import { clientHost } from './client-links.ts'
import { detailList, subheading } from './detail-list.ts'
import { hiddenFields, name } from './elements.ts'
import { type Html, html } from './html.ts'
import { layout } from './layout.ts'
import type { Page, PageContext } from './page.ts'
import { type Say, sayIn } from './say.ts'
import { scopeWords } from './scope-list.ts'
import { serviceLine } from './service-line.ts'

/** One client that waits for an answer. */
export interface WaitingClient {
  readonly request: string
  readonly clientName: string
  readonly clientUri?: string | undefined
  readonly bindingMessage?: string | undefined
  readonly scopes: readonly string[]
  readonly services?: readonly string[] | undefined
  readonly details?: readonly ConsentDetail[] | undefined
}

export interface RequestsFacts {
  readonly action: string
  readonly userName: string
  readonly waiting: readonly WaitingClient[]
}

const message = (say: Say, { bindingMessage }: WaitingClient): Html | undefined =>
  bindingMessage === undefined
    ? undefined
    : html`<p>${say('requests.message')}</p>
<p class="code"><bdi>${bindingMessage}</bdi></p>`

const item = (say: Say, action: string, waiting: WaitingClient): Html =>
  html`<section>
<h2>${say('consent.heading', { client: name(waiting.clientName) })}</h2>
${clientHost(say, waiting.clientUri)}
${message(say, waiting)}
<p>${say('consent.scopes')}</p>
${scopeWords(say, waiting.scopes)}
${serviceLine(say, waiting.services)}
${detailList(waiting.details, subheading)}
<form method="post" action="${action}">
${hiddenFields({ request: waiting.request })}
${answerButtons(say)}
</form>
</section>`

const body = (say: Say, { action, userName, waiting }: RequestsFacts): Html =>
  html`<h1>${say('requests.heading')}</h1>
<p class="lead">${say('page.signed-in-as', { user: name(userName) })}</p>
${
  waiting.length === 0
    ? html`<p>${say('requests.none')}</p>`
    : html`<p class="problem">${say('requests.warning')}</p>`
}
${waiting.map((one) => item(say, action, one))}`

/**
 * Renders the page of what apps have asked for without showing a page of their own.
 *
 * @spec https://openid.net/specs/openid-client-initiated-backchannel-authentication-core-1_0.html#rfc.section.8
 */
export function requestsPage(context: PageContext, facts: RequestsFacts): Page {
  const say = sayIn(context.locale)
  const title = say('page.title', { page: say('requests.heading'), tenant: context.tenantName })
  return layout({ ...context, title, body: body(say, facts) })
}
