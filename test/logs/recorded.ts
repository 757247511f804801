import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** Every line that this run has recorded of a kind, of all local clouds and processes. */
export async function* recordedLines(folder: string, kind: string): AsyncGenerator<string> {
  const names = await readdir(folder).catch(() => [])
  for (const name of names.filter((each) => each.startsWith(`${kind}-`))) {
    yield* createInterface({ input: createReadStream(join(folder, name)) })
  }
}
