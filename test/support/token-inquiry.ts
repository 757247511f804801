import { basic, type RelyingParty, type TokenAnswer } from './relying-party.ts'

type Sender = Pick<RelyingParty, 'issuer'>

/** Asks about a token, as a client that authenticates with its secret. */
export const introspect = (
  party: Sender,
  token: string,
  client: string,
  headers: Record<string, string> = {},
): Promise<TokenAnswer> =>
  inquire(party, 'introspect', { token }, { authorization: basicOf(client), ...headers })

/** Revokes a token, as a client that authenticates with its secret. */
export const revoke = (party: Sender, token: string, client: string): Promise<TokenAnswer> =>
  inquire(party, 'revoke', { token }, { authorization: basicOf(client) })

/** Clients of the tests have their own name for a secret. */
const basicOf = (client: string): string => basic(client, `${client}-secret`)

/** Posts a form about a token; an answer that is no JSON is kept as text. */
export async function inquire(
  { issuer }: Sender,
  endpoint: 'introspect' | 'revoke',
  form: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<TokenAnswer & { readonly text: string }> {
  const response = await fetch(`${issuer}/oauth2/${endpoint}`, {
    method: 'POST',
    headers,
    body: new URLSearchParams(form),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type') === 'application/json'
  return {
    status: response.status,
    headers: response.headers,
    body: isJson ? JSON.parse(text) : {},
    text,
  }
}

/** The tokens of a client of the tenant `tokens`, for the user who signs in. */
export async function tokensOf(
  party: RelyingParty,
  client: string,
  parameters: Record<string, string> = {},
): Promise<{
  readonly accessToken: string
  readonly refreshToken: string
  readonly idToken: string
}> {
  const code = await party.code({ client_id: client, ...parameters })
  const form = {
    grant_type: 'authorization_code',
    code,
    redirect_uri: 'https://app.example/callback',
  }
  const { body } = await party.token(form, basicOf(client))
  return {
    accessToken: String(body['access_token']),
    refreshToken: String(body['refresh_token']),
    idToken: String(body['id_token']),
  }
}

/** A token of a client that acts for itself. */
export async function machineToken(
  party: RelyingParty,
  client = 'machine',
  more: Record<string, string> = {},
): Promise<string> {
  const form = { grant_type: 'client_credentials', ...more }
  const { body } = await party.token(form, basicOf(client))
  return String(body['access_token'])
}
