import { projectFiles, textOf } from './project-files.ts'
import {
  type Citation,
  citationOfLink,
  citationOfReference,
  placesInTitle,
  specifications,
} from './specifications.ts'

/** Where a file cites a place, in its doc comments, its errors or its test titles. */
export interface CitedPlace extends Citation {
  readonly path: string
}

export interface FileCitations {
  readonly cited: readonly CitedPlace[]
  /** What is cited and not in `docs/specifications.json`, as `path:line text`. */
  readonly unknown: readonly string[]
}

const specTag = /@spec\s+(\S+)/g
const errorSpec = /\bspec: '([^']+#[^']+)'/g
const titleOf = new RegExp(
  `['"\`]((?:${specifications.map(({ name }) => name).join('|')}) (?:section|appendix) [^\\n]*)`,
  'g',
)

type Found = { readonly known: readonly Citation[]; readonly unknown: readonly string[] }

const found = (citation: Citation | undefined, text: string): Found =>
  citation ? { known: [citation], unknown: [] } : { known: [], unknown: [text] }

const readers: readonly (readonly [RegExp, (text: string) => Found])[] = [
  [specTag, (link) => found(citationOfLink(link), link)],
  [errorSpec, (reference) => found(citationOfReference(reference), reference)],
  [titleOf, placesInTitle],
]

const lineAt = (text: string, index: number): number => text.slice(0, index).split('\n').length

/** Reads every citation of one file. */
export function citationsIn(path: string, text: string): FileCitations {
  const all = readers.flatMap(([pattern, read]) =>
    [...text.matchAll(pattern)].map((match) => ({
      line: lineAt(text, match.index),
      ...read(match[1] ?? ''),
    })),
  )
  return {
    cited: all.flatMap(({ known }) => known.map((citation) => ({ ...citation, path }))),
    unknown: all.flatMap(({ line, unknown }) => unknown.map((what) => `${path}:${line} ${what}`)),
  }
}

/** The tools and gates that talk about citations quote them without meaning them. */
const talksAboutCitations =
  /^(tools\/(specifications|citations|spec-coverage)|test\/architecture\/)/

export const projectCitations = (): FileCitations[] =>
  projectFiles('**/*.ts')
    .filter((path) => !talksAboutCitations.test(path))
    .map((path) => citationsIn(path, textOf(path)))
