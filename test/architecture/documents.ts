import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path/posix'
import { projectFiles, textOf } from '../../tools/project-files.ts'

/** A code fence of a document. */
export interface Fence {
  readonly path: string
  readonly line: number
  readonly language: string
  /** The file that it repeats, if it names one. */
  readonly file?: string
  readonly text: string
}

export const documents = (): string[] => projectFiles('**/*.md')

const fencePattern = /^```(\w*)(?: +(\S+))?[^\n]*\n(.*?)^```$/gms

export const fencesIn = (path: string, text: string): Fence[] =>
  [...text.matchAll(fencePattern)].map(({ index, 1: language = '', 2: file, 3: body = '' }) => ({
    path,
    line: text.slice(0, index).split('\n').length,
    language,
    ...(file !== undefined && { file }),
    text: body,
  }))

/** What GitHub makes of a heading when it is linked to. */
const slugOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')

const slugsIn = (text: string): string[] =>
  [...text.replaceAll(fencePattern, '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    slugOf(heading),
  )

/** Links inside the repository that lead nowhere, as `path -> link`. */
export function deadLinks(path: string, text: string): string[] {
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link)
  return links
    .filter((link) => !/^(https?|mailto):/.test(link))
    .filter((link) => {
      const [file = '', fragment] = link.split('#')
      const target = file === '' ? path : join(dirname(path), file)
      if (!existsSync(target)) return true
      return fragment !== undefined && !slugsIn(textOf(target)).includes(fragment)
    })
    .map((link) => `${path} -> ${link}`)
}

/** The commands of the shell fences, one per line, without prompts and comments. */
export const commandsIn = (path: string, text: string): string[] =>
  fencesIn(path, text)
    .filter(({ language }) => language === 'sh')
    .flatMap((fence) => fence.text.split('\n'))
    .flatMap((line) => line.replace(/(^|\s)#.*$/, '').split('&&'))
    .map((command) => command.trim())
    .filter(Boolean)
