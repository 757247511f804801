import { pathToFileURL } from 'node:url'
import type { LocalSystem } from '#local/template.ts'
import type { Invoke } from './ours.ts'

/** What a process needs to run the built functions itself; plain data. */
export interface HandlerSettings {
  /** Name of a function -> the folder that would be uploaded. */
  readonly folders: Readonly<Record<string, string>>
  readonly environment: Readonly<Record<string, string>>
}

type Handler = (event: unknown, context: object) => ReturnType<Invoke>

/**
 * What Lambda and the template would set, for a process that runs all functions under one identity.
 *
 * Which role calls is the endpoint's concern: it changes nothing in what a function does.
 */
export const handlerSettings = (
  { functions, region }: LocalSystem,
  aws: {
    readonly url: string
    readonly operator: { readonly accessKeyId: string; readonly secretAccessKey: string }
  },
): HandlerSettings => ({
  folders: Object.fromEntries(functions.map(({ name, assetPath }) => [name, assetPath])),
  environment: {
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: aws.operator.accessKeyId,
    AWS_SECRET_ACCESS_KEY: aws.operator.secretAccessKey,
    AWS_ENDPOINT_URL: aws.url,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    HOME: '/nonexistent',
    NODE_ENV: 'production',
    TZ: ':UTC',
    ...Object.assign({}, ...functions.map(({ environment }) => environment)),
  },
})

/** Runs the built functions in this process, each loaded at its first call. */
export function invokeHere(folders: HandlerSettings['folders']): Invoke {
  const handlers = new Map<string, Promise<Handler>>()
  const load = async (name: string): Promise<Handler> => {
    const module = await import(pathToFileURL(`${folders[name]}/index.mjs`).href)
    return module.handler
  }
  return async ({ functionName, event }) => {
    const loading = handlers.get(functionName) ?? load(functionName)
    handlers.set(functionName, loading)
    const handler = await loading
    return handler(event, { awsRequestId: event.requestContext.requestId, functionName })
  }
}
