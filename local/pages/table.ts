import { type Html, html } from '#shared/signin/views/html.ts'

/** A table that narrow screens show as cards; each cell then carries its column's name. */
export const table = (
  columns: readonly string[],
  rows: readonly (readonly (string | Html)[])[],
): Html =>
  html`<div class="card"><table>
<thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>${rows.map((cells) => html`<tr>${cells.map((cell, index) => dataCell(columns[index] ?? '', cell))}</tr>`)}</tbody>
</table></div>`

const dataCell = (column: string, content: string | Html): Html =>
  html`<td data-column="${column}"><div>${content}</div></td>`
