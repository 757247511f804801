import { name } from './elements.ts'
import { type Html, html } from './html.ts'
import { layout } from './layout.ts'
import type { Page, PageContext } from './page.ts'
import { type Say, sayIn } from './say.ts'

export interface SignedOutFacts {
  readonly clientName?: string | undefined
}

function farewell(say: Say, tenantName: string, clientName: string | undefined): Html {
  const tenant = name(tenantName)
  return clientName === undefined
    ? say('signed-out.tenant', { tenant })
    : say('signed-out.client', { tenant, client: name(clientName) })
}

/** Renders the page that says that the session has ended. */
export function signedOutPage(context: PageContext, facts: SignedOutFacts): Page {
  const say = sayIn(context.locale)
  const heading = say('signed-out.heading')
  return layout({
    ...context,
    title: say('page.title', { page: heading, tenant: context.tenantName }),
    body: html`<h1>${heading}</h1>
<p>${farewell(say, context.tenantName, facts.clientName)}</p>`,
  })
}
