import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { application, machine, type Person, people } from './credentials.ts'
import type { Answered, Contender } from './exchange.ts'
import { type Visitor, visitorOf } from './visitor.ts'

/** A flow that is measured: what goes before, then one run after the other. */
export interface Flow {
  /** Not measured; answers how to run once. */
  prepare(contender: Contender): Promise<() => Promise<void>>
}

const tokens = z.object({
  access_token: z.string(),
  id_token: z.string().optional(),
  refresh_token: z.string().optional(),
})

export type Tokens = z.infer<typeof tokens>

/** A code, with what is needed to redeem it. */
export interface Grant {
  readonly code: string
  readonly verifier: string
}

export const basic = ({ id, secret }: { readonly id: string; readonly secret: string }): string =>
  `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`

async function askForTokens(
  { send, paths }: Contender,
  client: { readonly id: string; readonly secret: string },
  form: Readonly<Record<string, string>>,
): Promise<Tokens> {
  const headers = {
    authorization: basic(client),
    'content-type': 'application/x-www-form-urlencoded',
  }
  const body = String(new URLSearchParams(form))
  const answer = await send({ method: 'POST', path: paths.token, headers, body })
  if (answer.status !== 200) throw new Error(`no tokens, but ${answer.status}: ${answer.body}`)
  return tokens.parse(JSON.parse(answer.body))
}

export const machineToken = (contender: Contender): Promise<Tokens> =>
  askForTokens(contender, machine, { grant_type: 'client_credentials', scope: 'orders:read' })

export function authorizationPath(
  { paths }: Contender,
  verifier: string,
  clientId: string = application.id,
): string {
  const query = new URLSearchParams({
    client_id: clientId,
    redirect_uri: application.redirectUri,
    response_type: 'code',
    scope: 'openid profile',
    state: 'af0ifjsldkj',
    nonce: 'n-0S6_WzA2Mj',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  })
  return `${paths.authorize}?${query}`
}

export const newVerifier = (): string => randomBytes(32).toString('base64url')

/** Signs in with a fresh browser, up to the code at the application. */
export async function signIn(
  contender: Contender,
  { userName: username, password }: Person,
  visitor: Visitor = visitorOf(contender),
): Promise<Grant> {
  const verifier = newVerifier()
  const asked = await visitor.get(authorizationPath(contender, verifier))
  const page = await visitor.follow(asked)
  const answer = await visitor.follow(await visitor.submit(page, { username, password }))
  return { code: codeOf(answer), verifier }
}

function codeOf({ status, location = '', body }: Answered): string {
  const code = URL.canParse(location) ? new URL(location).searchParams.get('code') : null
  if (code === null) throw new Error(`no code, but ${status} ${location}: ${body}`)
  return code
}

export const redeem = (contender: Contender, { code, verifier }: Grant): Promise<Tokens> =>
  askForTokens(contender, application, {
    grant_type: 'authorization_code',
    code,
    code_verifier: verifier,
    redirect_uri: application.redirectUri,
  })

export const refresh = (contender: Contender, refreshToken = ''): Promise<Tokens> =>
  askForTokens(contender, application, {
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
  })

export async function userInfo({ send, paths }: Contender, accessToken: string): Promise<void> {
  const headers = { authorization: `Bearer ${accessToken}` }
  const { status, body } = await send({ method: 'GET', path: paths.userInfo, headers })
  if (status !== 200) throw new Error(`no claims, but ${status}: ${body}`)
}

/** A login as the bill counts it: authorize, login, code exchange, three refreshes, userinfo. */
export async function wholeLogin(contender: Contender): Promise<void> {
  let held = await redeem(contender, await signIn(contender, people.strong))
  for (let count = 0; count < 3; count += 1) held = await refresh(contender, held.refresh_token)
  await userInfo(contender, held.access_token)
}

/** What is measured: `code_flow` is every request but for the hash, `password_login` the one with the hash. */
export const flows = {
  client_credentials: {
    prepare: async (contender) => async () => void (await machineToken(contender)),
  },
  refresh: {
    async prepare(contender) {
      let held = await redeem(contender, await signIn(contender, people.cheap))
      return async () => {
        held = await refresh(contender, held.refresh_token)
      }
    },
  },
  code_flow: {
    prepare: async (contender) => async () =>
      void (await redeem(contender, await signIn(contender, people.cheap))),
  },
  password_login: {
    async prepare(contender) {
      const visitor = visitorOf(contender)
      const asked = await visitor.get(authorizationPath(contender, newVerifier()))
      const page = await visitor.follow(asked)
      const { userName: username, password } = people.strong
      return async () => {
        const { status } = await visitor.copy().submit(page, { username, password })
        if (status !== 303) throw new Error(`the password is answered with ${status}`)
      }
    },
  },
} as const satisfies Record<string, Flow>

export type FlowName = keyof typeof flows
