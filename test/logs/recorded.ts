import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** Only CI keeps the record of `npm test` and of `npm run test:endurance` together. */
export const isRecordWhole = process.env['CI'] === 'true'

export const whyRecordIsNotWhole =
  'only CI keeps the record of npm test and npm run test:endurance together'

/** Every line that this run has recorded of a kind, of all local clouds and processes. */
export async function* recordedLines(folder: string, kind: string): AsyncGenerator<string> {
  const names = await readdir(folder).catch(() => [])
  for (const name of names.filter((each) => each.startsWith(`${kind}-`))) {
    yield* createInterface({ input: createReadStream(join(folder, name)) })
  }
}
