import { type Html, html } from './html.ts'

/** A name that someone chose, set apart so that its writing direction cannot disturb the sentence around it. */
export const name = (text: string): Html => html`<strong><bdi>${text}</bdi></strong>`

/** Names one after the other. */
export const inSequence = (names: readonly string[]): Html =>
  html`${names.map((one, at) => html`${at === 0 ? '' : ', '}${name(one)}`)}`

/** Hidden fields, in the order of the record. */
export const hiddenFields = (fields: Readonly<Record<string, string>>): readonly Html[] =>
  Object.entries(fields).map(
    ([field, value]) => html`<input type="hidden" name="${field}" value="${value}">`,
  )
