/** Loads one function and gives it one event, as a new instance of Lambda would, and says how long each took. */
import { pathToFileURL } from 'node:url'

interface Assignment {
  readonly folder: string
  readonly event: unknown
}

process.once('message', async ({ folder, event }: Assignment) => {
  const started = performance.now()
  const { handler } = await import(pathToFileURL(`${folder}/index.mjs`).href)
  const loaded = performance.now()
  const { statusCode } = await handler(event, { awsRequestId: 'first', functionName: 'bench' })
  const answered = performance.now()
  const timing = { loadMs: loaded - started, firstRequestMs: answered - loaded, statusCode }
  process.send?.(timing, () => process.exit())
})
