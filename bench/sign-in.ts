import { createHash, randomBytes } from 'node:crypto'
import { application, type Person } from './credentials.ts'
import type { Answered, Contender } from './exchange.ts'
import { type Grant, push } from './token-requests.ts'
import { type Visitor, visitorOf } from './visitor.ts'

type Parameters = Readonly<Record<string, string>>

export const newVerifier = (): string => randomBytes(32).toString('base64url')

export const authorizationRequest = (verifier: string): Parameters => ({
  client_id: application.id,
  redirect_uri: application.redirectUri,
  response_type: 'code',
  scope: 'openid profile',
  state: 'af0ifjsldkj',
  nonce: 'n-0S6_WzA2Mj',
  code_challenge: createHash('sha256').update(verifier).digest('base64url'),
  code_challenge_method: 'S256',
})

/** @param wishes replace parameters of the usual request, or stand beside them */
export const authorizationPath = (
  { paths }: Contender,
  verifier: string,
  wishes: Parameters = {},
): string =>
  `${paths.authorize}?${new URLSearchParams({ ...authorizationRequest(verifier), ...wishes })}`

/** Signs in with a fresh browser, up to the code at the application. */
export async function signIn(
  contender: Contender,
  { userName: username, password }: Person,
  visitor: Visitor = visitorOf(contender),
  wishes: Parameters = {},
): Promise<Grant> {
  const verifier = newVerifier()
  const asked = await visitor.get(authorizationPath(contender, verifier, wishes))
  const page = await visitor.follow(asked)
  const answer = await visitor.follow(await visitor.submit(page, { username, password }))
  return { code: codeOf(answer), verifier }
}

/** Pushes the request first; the visitor has signed in before. */
export async function pushAndAuthorize(contender: Contender, visitor: Visitor): Promise<Grant> {
  const verifier = newVerifier()
  const request_uri = await push(contender, authorizationRequest(verifier))
  const query = new URLSearchParams({ client_id: application.id, request_uri })
  const answer = await visitor.follow(await visitor.get(`${contender.paths.authorize}?${query}`))
  return { code: codeOf(answer), verifier }
}

function codeOf({ status, location = '', body }: Answered): string {
  const code = URL.canParse(location) ? new URL(location).searchParams.get('code') : null
  if (code === null) throw new Error(`no code, but ${status} ${location}: ${body}`)
  return code
}
