import { publishedClientKeys } from '#shared/node/client-keys.ts'
import { httpClient } from './http-client.ts'
import { clock } from './node.ts'

export const clientKeys = publishedClientKeys(httpClient, clock)
