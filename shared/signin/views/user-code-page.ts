import { name } from './elements.ts'
import { type Html, html } from './html.ts'
import { layout } from './layout.ts'
import type { Page, PageContext } from './page.ts'
import { type Say, sayIn } from './say.ts'

export type UserCodeProblem = 'unknown-code' | 'too-many-attempts'

export interface UserCodeFacts {
  readonly action: string
  readonly userName: string
  /** What was typed before, or came with the address. */
  readonly userCode: string
  readonly problem?: UserCodeProblem | undefined
}

const problemId = 'problem'

const problemText = (say: Say, problem: UserCodeProblem): Html =>
  html`<p class="problem" id="${problemId}" role="alert">${say(`device.${problem}`)}</p>`

function described(problem: UserCodeProblem | undefined): Html | undefined {
  if (problem === undefined) return undefined
  const invalid = problem === 'unknown-code' ? html` aria-invalid="true"` : undefined
  return html`${invalid} aria-describedby="${problemId}"`
}

const body = (say: Say, { action, userName, userCode, problem }: UserCodeFacts): Html =>
  html`<h1>${say('device.heading')}</h1>
<p class="lead">${say('page.signed-in-as', { user: name(userName) })}</p>
<p>${say('device.enter')}</p>
${problem === undefined ? undefined : problemText(say, problem)}
<form method="post" action="${action}">
<label for="user_code">${say('device.code')}</label>
<input id="user_code" class="code" name="user_code" type="text" value="${userCode}" maxlength="64" autocomplete="off" autocapitalize="characters" autocorrect="off" spellcheck="false" required autofocus${described(problem)}>
<button class="primary">${say('device.submit')}</button>
</form>`

/**
 * Renders the page on which a person enters the code of a device; one that came with the address
 * stands in the field already, to be compared.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8628#section-3.3
 */
export function userCodePage(context: PageContext, facts: UserCodeFacts): Page {
  const say = sayIn(context.locale)
  const key = facts.problem === undefined ? 'page.title' : 'page.title-with-problem'
  const title = say(key, { page: say('device.title'), tenant: context.tenantName })
  return layout({ ...context, title, body: body(say, facts) })
}
