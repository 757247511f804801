import { type Html, verbatim } from './html.ts'

/** A battlemented wall with a small arched gate beside its middle, the door ajar. */
const shape =
  'M3 29V6h6v4h4V6h6v4h4V6h6v23h-5v-9a4.5 4.5 0 0 0-9 0v9zM17 29v-9a2.5 2.5 0 0 1 2.5-2.5V29z'

/** The mark in the colour of the text around it; a decoration, so screen readers pass over it. */
export const mark: Html = verbatim(
  `<svg viewBox="0 0 32 32" width="32" height="32" fill="currentColor" aria-hidden="true"><path d="${shape}"/></svg>`,
)

/** The mark as the tab's icon, without a request of its own. */
export const icon: Html = verbatim(
  `<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Cpath fill='%232b7a70' d='${shape}'/%3E%3C/svg%3E">`,
)
