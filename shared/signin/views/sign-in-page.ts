import { hiddenFields, name } from './elements.ts'
import { type Html, html } from './html.ts'
import { layout } from './layout.ts'
import type { Page, PageContext } from './page.ts'
import { type Say, sayIn } from './say.ts'

export type SignInProblem = 'wrong-password' | 'too-many-attempts'

export interface SignInFacts {
  readonly action: string
  /** The sealed interaction, carried through the form. */
  readonly interaction: string
  readonly clientName?: string | undefined
  readonly userName?: string | undefined
  readonly problem?: SignInProblem | undefined
}

const problemId = 'problem'

const problemText = (say: Say, problem: SignInProblem): Html =>
  html`<p class="problem" id="${problemId}" role="alert">${say(`sign-in.${problem}`)}</p>`

/** Both fields are marked alike: which of the two was wrong is nobody's business. */
function described(problem: SignInProblem | undefined): Html | undefined {
  if (problem === undefined) return undefined
  const invalid = problem === 'wrong-password' ? html` aria-invalid="true"` : undefined
  return html`${invalid} aria-describedby="${problemId}"`
}

function userNameField(say: Say, { userName = '', problem }: SignInFacts): Html {
  const focus = userName === '' ? html` autofocus` : undefined
  return html`<label for="username">${say('sign-in.user-name')}</label>
<input id="username" name="username" type="text" value="${userName}" autocomplete="username" inputmode="email" autocapitalize="none" autocorrect="off" spellcheck="false" required${focus}${described(problem)}>`
}

function passwordField(say: Say, { userName = '', problem }: SignInFacts): Html {
  const focus = userName === '' ? undefined : html` autofocus`
  return html`<label for="password">${say('sign-in.password')}</label>
<input id="password" name="password" type="password" autocomplete="current-password" required${focus}${described(problem)}>`
}

function body(say: Say, facts: SignInFacts): Html {
  const { clientName, problem } = facts
  return html`<h1>${say('sign-in.heading')}</h1>
${clientName === undefined ? undefined : html`<p class="lead">${say('sign-in.client', { client: name(clientName) })}</p>`}
${problem === undefined ? undefined : problemText(say, problem)}
<form method="post" action="${facts.action}">
${hiddenFields({ interaction: facts.interaction })}
${userNameField(say, facts)}
${passwordField(say, facts)}
<button class="primary">${say('sign-in.submit')}</button>
</form>`
}

/**
 * Renders the page that asks for user name and password.
 *
 * A screen reader reads the title first after a reload, so a problem is announced there as well.
 */
export function signInPage(context: PageContext, facts: SignInFacts): Page {
  const say = sayIn(context.locale)
  const key = facts.problem === undefined ? 'page.title' : 'page.title-with-problem'
  const title = say(key, { page: say('sign-in.heading'), tenant: context.tenantName })
  return layout({ ...context, title, body: body(say, facts) })
}
