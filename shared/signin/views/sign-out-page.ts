import { hiddenFields, name } from './elements.ts'
import { type Html, html } from './html.ts'
import { layout } from './layout.ts'
import type { Page, PageContext } from './page.ts'
import { type Say, sayIn } from './say.ts'

export interface SignOutFacts {
  readonly action: string
  /** What the request said, carried through the form. */
  readonly hidden: Readonly<Record<string, string>>
  readonly clientName?: string | undefined
}

function question(say: Say, tenantName: string, clientName: string | undefined): Html {
  const tenant = name(tenantName)
  return clientName === undefined
    ? say('sign-out.tenant', { tenant })
    : say('sign-out.client', { tenant, client: name(clientName) })
}

const body = (say: Say, tenantName: string, facts: SignOutFacts): Html =>
  html`<h1>${say('sign-out.heading')}</h1>
<p>${question(say, tenantName, facts.clientName)}</p>
<form method="post" action="${facts.action}">
${hiddenFields(facts.hidden)}
<button class="primary" name="confirm" value="yes">${say('sign-out.submit')}</button>
</form>
<p class="aside">${say('sign-out.stay')}</p>`

/**
 * Renders the page that asks whether the user wants to sign out.
 *
 * @spec https://openid.net/specs/openid-connect-rpinitiated-1_0.html#RPLogout
 */
export function signOutPage(context: PageContext, facts: SignOutFacts): Page {
  const say = sayIn(context.locale)
  const title = say('page.title', { page: say('sign-out.submit'), tenant: context.tenantName })
  return layout({ ...context, title, body: body(say, context.tenantName, facts) })
}
