import type { ConsentDetail } from '../interaction.ts'
import { answerButtons } from './answer-buttons.ts'
import { clientHost } from './client-links.ts'
import { detailList } from './detail-list.ts'
import { hiddenFields, name } from './elements.ts'
import { type Html, html } from './html.ts'
import { layout } from './layout.ts'
import type { Page, PageContext } from './page.ts'
import { type Say, sayIn } from './say.ts'
import { scopeList } from './scope-list.ts'
import { serviceLine } from './service-line.ts'

export interface DeviceConsentFacts {
  readonly action: string
  /** The sealed interaction, carried through the form. */
  readonly interaction: string
  readonly clientName: string
  readonly clientUri?: string | undefined
  readonly userName: string
  readonly userCode: string
  readonly scopes: readonly string[]
  readonly services?: readonly string[] | undefined
  readonly details?: readonly ConsentDetail[] | undefined
}

const body = (say: Say, facts: DeviceConsentFacts): Html =>
  html`<h1>${say('device.confirm-heading', { client: name(facts.clientName) })}</h1>
${clientHost(say, facts.clientUri)}
<p class="lead">${say('page.signed-in-as', { user: name(facts.userName) })}</p>
<p>${say('device.confirm-code')}</p>
<p class="code">${facts.userCode}</p>
<p class="problem">${say('device.confirm-warning')}</p>
${facts.scopes.length === 0 && facts.details ? undefined : scopeList(say, facts.scopes)}
${serviceLine(say, facts.services)}
${detailList(facts.details)}
<form method="post" action="${facts.action}">
${hiddenFields({ interaction: facts.interaction })}
${answerButtons(say)}
</form>`

/**
 * Renders the page that asks whether a device may have what it asks for, and whether it is one's own.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8628#section-5.4
 */
export function deviceConsentPage(context: PageContext, facts: DeviceConsentFacts): Page {
  const say = sayIn(context.locale)
  const title = say('page.title', { page: say('device.title'), tenant: context.tenantName })
  return layout({ ...context, title, body: body(say, facts) })
}
