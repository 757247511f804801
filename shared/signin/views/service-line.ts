import { inSequence } from './elements.ts'
import { type Html, html } from './html.ts'
import type { Say } from './say.ts'

/** Which services the access is for, by the names that a person knows. */
export const serviceLine = (say: Say, names: readonly string[] = []): Html | undefined =>
  names.length === 0
    ? undefined
    : html`<p>${say('consent.services', { services: inSequence(names) })}</p>`
