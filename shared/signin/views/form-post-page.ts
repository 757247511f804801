import type { Locale } from '../texts/locale.ts'
import { hiddenFields } from './elements.ts'
import { html } from './html.ts'
import { layout, product } from './layout.ts'
import type { Page } from './page.ts'
import { sayIn } from './say.ts'

export interface FormPostFacts {
  readonly action: string
  readonly fields: Readonly<Record<string, string>>
}

/** Taken from the prototype, because a field named `submit` would hide the form's own method. */
export const submitScript = 'HTMLFormElement.prototype.submit.call(document.forms[0])'

/**
 * Renders the page that carries an authorization response to the client by itself, or by a button without JavaScript.
 *
 * @spec https://openid.net/specs/oauth-v2-form-post-response-mode-1_0.html#FormPostResponseMode
 */
export function formPostPage(context: { readonly locale: Locale }, facts: FormPostFacts): Page {
  const say = sayIn(context.locale)
  const heading = say('form-post.heading')
  return layout({
    locale: context.locale,
    tenantName: product,
    title: say('page.title', { page: heading, tenant: product }),
    script: submitScript,
    body: html`<h1>${heading}</h1>
<p>${say('form-post.advice')}</p>
<form method="post" action="${facts.action}">
${hiddenFields(facts.fields)}
<noscript><button class="primary">${say('form-post.submit')}</button></noscript>
</form>`,
  })
}
