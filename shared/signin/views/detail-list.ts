import type { ConsentDetail, DetailLine } from '../interaction.ts'
import { type Html, html } from './html.ts'

const line = ([name, value]: DetailLine): Html =>
  html`<dt><bdi>${name}</bdi></dt><dd>${typeof value === 'string' ? html`<bdi>${value}</bdi>` : list(value)}</dd>`

const list = (lines: readonly DetailLine[]): Html => html`<dl>${lines.map(line)}</dl>`

const detail = ({ title, lines }: ConsentDetail): Html => html`<section class="detail">
<h2>${title}</h2>
${list(lines)}
</section>`

/** What is allowed in particular; every word of it comes from the app, so nothing is left out. */
export const detailList = (details: readonly ConsentDetail[] = []): Html =>
  html`${details.map(detail)}`
