import { catalogues, type Placeholder, type TextKey } from '../texts/catalogue.ts'
import type { Locale } from '../texts/locale.ts'
import { partsOf } from '../texts/message.ts'
import { type Html, html } from './html.ts'

type Filling = Readonly<Record<string, string | Html>>

type Values<Key extends TextKey> = [Placeholder<Key>] extends [never]
  ? []
  : [Readonly<Record<Placeholder<Key>, string | Html>>]

/** Says a text of the catalogue, its placeholders filled. */
export type Say = <Key extends TextKey>(key: Key, ...values: Values<Key>) => Html

/** Fills the placeholders of a message; the message itself is text, never markup. */
export function fill(message: string, filling: Filling): Html {
  const parts = partsOf(message).map((part, index) =>
    index % 2 === 0 ? html`${part}` : html`${filling[part]}`,
  )
  return html`${parts}`
}

/** Answers the voice of a page in one language. */
export const sayIn =
  (locale: Locale): Say =>
  (key, ...[filling]) =>
    fill(catalogues[locale][key], filling ?? {})
