import { randomUUID } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'

/** Keeps what was accepted until it is delivered: files of records, one in base64 on each line. */
export interface Journal {
  readonly directory: string
  /** The records are on disk when it returns. */
  append(records: readonly string[]): void
  /** Ends the current file, which is then ready to be delivered. */
  seal(): void
}

const openSuffix = '.open'
const readySuffix = '.ready'

/** Files that may be delivered, the oldest first. */
export const readyFiles = (directory: string): readonly string[] =>
  existsSync(directory)
    ? readdirSync(directory)
        .filter((name) => name.endsWith(readySuffix))
        .toSorted()
        .map((name) => join(directory, name))
    : []

/** What a killed process was still writing was accepted, too. */
function sealLeftovers(directory: string): void {
  for (const name of readdirSync(directory).filter((each) => each.endsWith(openSuffix))) {
    const file = join(directory, name)
    renameSync(file, file.replace(/\.open$/, readySuffix))
  }
}

/** @param sealedBytes a file is ended when it has grown so large */
export function openJournal(directory: string, sealedBytes: number): Journal {
  mkdirSync(directory, { recursive: true })
  sealLeftovers(directory)
  let current: string | undefined
  let bytes = 0
  const seal = () => {
    if (current !== undefined) renameSync(current + openSuffix, current + readySuffix)
    current = undefined
    bytes = 0
  }
  return {
    directory,
    append(records) {
      const text = records.map((record) => `${record}\n`).join('')
      const time = Date.now().toString().padStart(15, '0')
      current ??= join(directory, `${time}-${randomUUID()}`)
      appendFileSync(current + openSuffix, text)
      bytes += text.length
      if (bytes >= sealedBytes) seal()
    },
    seal,
  }
}
