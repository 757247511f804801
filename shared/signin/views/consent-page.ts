import type { ConsentDetail, ConsentService } from '../interaction.ts'
import { answerButtons } from './answer-buttons.ts'
import { clientHost, link, links } from './client-links.ts'
import { detailList } from './detail-list.ts'
import { hiddenFields, name } from './elements.ts'
import { type Html, html } from './html.ts'
import { layout } from './layout.ts'
import type { Page, PageContext } from './page.ts'
import { type Say, sayIn } from './say.ts'
import { scopeList } from './scope-list.ts'
import { serviceLine } from './service-line.ts'

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
  readonly services?: readonly ConsentService[] | undefined
  readonly details?: readonly ConsentDetail[] | undefined
}

const clientTerms = (say: Say, { policyUri, tosUri }: ConsentFacts): Html | undefined =>
  links([link(say, policyUri, say('consent.policy')), link(say, tosUri, say('consent.terms'))])

const body = (say: Say, facts: ConsentFacts): Html =>
  html`<h1>${say('consent.heading', { client: name(facts.clientName) })}</h1>
${clientHost(say, facts.clientUri)}
<p class="lead">${say('page.signed-in-as', { user: name(facts.userName) })}</p>
${facts.scopes.length === 0 && facts.details ? undefined : scopeList(say, facts.scopes)}
${serviceLine(
  say,
  facts.services?.map((service) => service.name),
)}
${detailList(facts.details)}
${clientTerms(say, facts)}
<form method="post" action="${facts.action}">
${hiddenFields({ interaction: facts.interaction })}
${answerButtons(say)}
</form>`

/** Renders the page that asks whether a client may have what it asks for. */
export function consentPage(context: PageContext, facts: ConsentFacts): Page {
  const say = sayIn(context.locale)
  const title = say('page.title', { page: say('consent.title'), tenant: context.tenantName })
  return layout({ ...context, title, body: body(say, facts) })
}
