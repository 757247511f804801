import type { HttpClient } from '#shared/ports/http-client.ts'
import { config } from '../config.ts'
import { httpClient } from './http-client.ts'

/** Another host is asked by the name of the one that the request was signed for. */
const askingAt = (url: string): HttpClient => ({
  fetch: (question) => {
    const { host } = new URL(question.url)
    return httpClient.fetch({ ...question, url, headers: { ...question.headers, host } })
  },
})

/** Asks AWS, or in the local cloud what stands in for it. */
export const stsClient =
  config.stsEndpoint === undefined ? httpClient : askingAt(config.stsEndpoint)
