import type { ConsentDetail, DetailLine } from '../interaction.ts'
import { type Html, html } from './html.ts'

const line = ([name, value]: DetailLine): Html =>
  html`<dt><bdi>${name}</bdi></dt><dd>${typeof value === 'string' ? html`<bdi>${value}</bdi>` : list(value)}</dd>`

const list = (lines: readonly DetailLine[]): Html => html`<dl>${lines.map(line)}</dl>`

type Heading = (title: string) => Html

const heading: Heading = (title) => html`<h2>${title}</h2>`

/** Where each app has a heading of its own. */
export const subheading: Heading = (title) => html`<h3>${title}</h3>`

const detail = (
  { title, lines }: ConsentDetail,
  headed: Heading,
): Html => html`<section class="detail">
${headed(title)}
${list(lines)}
</section>`

/** What is allowed in particular; every word of it comes from the app, so nothing is left out. */
export const detailList = (details: readonly ConsentDetail[] = [], headed = heading): Html =>
  html`${details.map((one) => detail(one, headed))}`
