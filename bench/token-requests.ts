import { z } from 'zod'
import { application, type Credentials, machine, service } from './credentials.ts'
import type { Answered, Contender } from './exchange.ts'

const tokens = z.object({
  access_token: z.string(),
  id_token: z.string().optional(),
  refresh_token: z.string().optional(),
})

export type Tokens = z.infer<typeof tokens>

const introspected = z.object({ active: z.boolean() })
const introspectionJwt = z.object({ token_introspection: introspected })
const pushed = z.object({ request_uri: z.string() })

/** A code, with what is needed to redeem it. */
export interface Grant {
  readonly code: string
  readonly verifier: string
}

type Form = Readonly<Record<string, string>>

export const basic = ({ id, secret }: Credentials): string =>
  `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`

/** Sends a form of a client that authenticates. @throws Error for any other status than the expected */
async function post(
  { send, paths }: Contender,
  path: keyof Contender['paths'],
  client: Credentials,
  { form, headers = {}, status = 200 }: { form: Form; headers?: Form; status?: number },
): Promise<Answered> {
  const answer = await send({
    method: 'POST',
    path: paths[path],
    headers: {
      authorization: basic(client),
      'content-type': 'application/x-www-form-urlencoded',
      ...headers,
    },
    body: String(new URLSearchParams(form)),
  })
  if (answer.status === status) return answer
  throw new Error(`${path} answers ${answer.status}: ${answer.body}`)
}

async function askForTokens(
  contender: Contender,
  client: Credentials,
  form: Form,
  headers: Form = {},
): Promise<Tokens> {
  const { body } = await post(contender, 'token', client, { form, headers })
  return tokens.parse(JSON.parse(body))
}

const machineForm = { grant_type: 'client_credentials', scope: 'orders:read' }

export const machineToken = (contender: Contender): Promise<Tokens> =>
  askForTokens(contender, machine, machineForm)

/** A token that is bound to the key of the proof. */
export const boundToken = (contender: Contender, dpop: string): Promise<Tokens> =>
  askForTokens(contender, machine, machineForm, { dpop })

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

/** What the service that has received a token gets for it, to go on to the next service with. */
export const exchange = (contender: Contender, accessToken: string): Promise<Tokens> =>
  askForTokens(contender, service, {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: accessToken,
    subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    resource: service.next,
  })

export const asJson = 'application/json'
export const asJwt = 'application/token-introspection+jwt'

/** The service that has received a token asks what it is worth. */
export async function introspect(
  contender: Contender,
  accessToken: string,
  accept: typeof asJson | typeof asJwt,
): Promise<void> {
  const { body } = await post(contender, 'introspection', service, {
    form: { token: accessToken },
    headers: { accept },
  })
  const { active } =
    accept === asJwt
      ? introspectionJwt.parse(JSON.parse(payloadOf(body))).token_introspection
      : introspected.parse(JSON.parse(body))
  if (!active) throw new Error(`the token is not active: ${body}`)
}

const payloadOf = (jwt: string): string =>
  Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString()

/** Hands in an authorization request; answers what stands for it. */
export async function push(contender: Contender, form: Form): Promise<string> {
  const { body } = await post(contender, 'pushed', application, { form, status: 201 })
  return pushed.parse(JSON.parse(body)).request_uri
}

export async function userInfo({ send, paths }: Contender, accessToken: string): Promise<void> {
  const headers = { authorization: `Bearer ${accessToken}` }
  const { status, body } = await send({ method: 'GET', path: paths.userInfo, headers })
  if (status !== 200) throw new Error(`no claims, but ${status}: ${body}`)
}
