import { projectFiles, textOf } from './project-files.ts'

/** The pages for those who write applications. */
export const applicationPages = (): string[] => projectFiles('docs/apps/*.md')

/** A fence that names a file, and perhaps one member of a list in it. */
const quotingFence = /^(```\w+ (\S+\/\S+)(?: (\S+))?)\n.*?^```$/gms

/** Writes a page anew, with each fence that names a file holding what the file holds today. */
export const renderApplicationPage = (page: string, read: (path: string) => string = textOf) =>
  page.replaceAll(quotingFence, (_, opening: string, path: string, name?: string) => {
    const text = read(path).trimEnd()
    return `${opening}\n${name === undefined ? text : memberOf(text, name)}\n\`\`\``
  })

/**
 * The object of a JSON text whose first member has this value, as it is written there.
 *
 * @throws Error when there is none
 */
function memberOf(text: string, name: string): string {
  const opening = text.split('\n').findIndex((line) => line.endsWith(`: ${JSON.stringify(name)},`))
  const lines = text.split('\n').slice(opening - 1)
  const indent = /^ */.exec(lines[0] ?? '')?.[0] ?? ''
  const end = lines.findIndex((line) => line.startsWith(`${indent}}`))
  if (opening < 1 || end < 0) throw new Error(`nothing is called ${name}`)
  return lines
    .slice(0, end + 1)
    .map((line) => line.slice(indent.length))
    .join('\n')
    .replace(/,$/, '')
}
