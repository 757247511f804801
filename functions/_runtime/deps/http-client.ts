import type { HttpClient } from '#shared/ports/http-client.ts'
import { describeCause, writeLine } from '../access-log.ts'
import { config } from '../config.ts'
import { limitedSamples } from '../limited-samples.ts'

/** Strangers may name hosts that never answer, as often as they like. */
const mayTell = limitedSamples({ perMinute: 30 })

/** Loaded when somebody is first asked, which most instances never do. */
const load = async (): Promise<HttpClient> => {
  const { guardedHttpClient } = await import('#shared/node/http-client.ts')
  return guardedHttpClient({
    allowsLoopback: config.allowsLoopbackFetches,
    onUnanswered: ({ cause, ...question }) => {
      if (!mayTell(Date.now())) return
      writeLine({ level: 'warn', ...question, cause: describeCause(cause) })
    },
  })
}

let loaded: Promise<HttpClient> | undefined

export const httpClient: HttpClient = {
  async fetch(question) {
    loaded ??= load()
    return (await loaded).fetch(question)
  },
}
