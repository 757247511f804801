import type { ConsentDetail } from '../interaction.ts'
import { type Html, html } from './html.ts'

const line = ([name, value]: readonly [string, string]): Html =>
  html`<dt>${name}</dt><dd><bdi>${value}</bdi></dd>`

const detail = ({ title, lines }: ConsentDetail): Html => html`<section class="detail">
<h2>${title}</h2>
<dl>${lines.map(line)}</dl>
</section>`

/** What is allowed in particular; every word of it comes from the app, so nothing is left out. */
export const detailList = (details: readonly ConsentDetail[] = []): Html =>
  html`${details.map(detail)}`
