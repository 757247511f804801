import { name } from './elements.ts'
import { html } from './html.ts'
import { layout } from './layout.ts'
import type { Page, PageContext } from './page.ts'
import { sayIn } from './say.ts'

export interface DeviceAnsweredFacts {
  readonly answer: 'allowed' | 'denied'
  readonly clientName: string
}

/** Renders the page that sends a person back to the device. */
export function deviceAnsweredPage(context: PageContext, facts: DeviceAnsweredFacts): Page {
  const say = sayIn(context.locale)
  const heading = say(`device.${facts.answer}-heading`)
  return layout({
    ...context,
    title: say('page.title', { page: heading, tenant: context.tenantName }),
    body: html`<h1>${heading}</h1>
<p>${say(`device.${facts.answer}`, { client: name(facts.clientName) })}</p>`,
  })
}
