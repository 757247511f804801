import { type Html, html } from './html.ts'
import type { Say } from './say.ts'

/** The two answers to what an app asks for; the one that gives nothing away comes first. */
export const answerButtons = (say: Say): Html =>
  html`<div class="choice">
<button name="deny" value="yes">${say('consent.deny')}</button>
<button class="primary" name="allow" value="yes">${say('consent.allow')}</button>
</div>`
