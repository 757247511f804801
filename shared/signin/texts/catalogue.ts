import { de } from './de.ts'
import { en } from './en.ts'
import { fr } from './fr.ts'
import type { Locale } from './locale.ts'

export type TextKey = keyof typeof en

/** Every text of every page in one language; a missing or a foreign key is a type error. */
export type Catalogue = Readonly<Record<TextKey, string>>

export const catalogues: Readonly<Record<Locale, Catalogue>> = { en, de, fr }

/** The names between braces in a message. */
export type PlaceholdersOf<Message extends string> =
  Message extends `${string}{${infer Name}}${infer Rest}` ? Name | PlaceholdersOf<Rest> : never

/** The names that the text of a key leaves to be filled, read from the English text. */
export type Placeholder<Key extends TextKey> = PlaceholdersOf<(typeof en)[Key]>
