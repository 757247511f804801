import type { IncomingMessage } from 'node:http'
import { ZodError } from 'zod'
import { readBody } from '../viewer-request.ts'

type Input = Readonly<Record<string, unknown>>

/** Changes something; what it answers is shown as JSON. @param input unverified; @throws ZodError */
export type Action = (input: Input) => unknown

export type ActionAnswer =
  | { readonly kind: 'done'; readonly result: unknown }
  /** A form came from the page, which is shown again. */
  | { readonly kind: 'show-page' }
  | { readonly kind: 'refused'; readonly status: number; readonly reason: string }

const bodyLimitBytes = 64 * 1024

const refused = (status: number, reason: string): ActionAnswer => ({
  kind: 'refused',
  status,
  reason,
})

/** A browser names the page that asks; what names none is a tool on this computer. */
export function isFromElsewhere({ headers: { origin, host } }: IncomingMessage): boolean {
  if (origin === undefined) return false
  return !URL.canParse(origin) || new URL(origin).host !== host
}

/** Runs an action with what a request brings: a form, JSON, or the query where there is no body. */
export async function runAction(action: Action, request: IncomingMessage): Promise<ActionAnswer> {
  const body = await readBody(request, bodyLimitBytes)
  if (body === undefined) return refused(413, 'That is too large.')
  const [type = ''] = (request.headers['content-type'] ?? '').split(';')
  try {
    const result = await action(inputOf(type.trim(), body.toString(), request.url ?? ''))
    return type === formType ? { kind: 'show-page' } : { kind: 'done', result }
  } catch (error) {
    if (error instanceof ZodError) {
      const [issue] = error.issues
      return refused(400, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}`)
    }
    if (error instanceof SyntaxError) return refused(400, 'That is no JSON object.')
    throw error
  }
}

const formType = 'application/x-www-form-urlencoded'

function inputOf(type: string, body: string, url: string): Input {
  if (type === formType) return filledIn(new URLSearchParams(body))
  if (body === '') return filledIn(new URL(url, 'http://localhost').searchParams)
  const parsed: unknown = JSON.parse(body)
  if (typeof parsed === 'object' && parsed !== null) return { ...parsed }
  throw new SyntaxError('not an object')
}

/** A field that is left empty is not there. */
const filledIn = (fields: URLSearchParams): Input =>
  Object.fromEntries([...fields].filter(([, value]) => value !== ''))
