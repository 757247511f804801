import type { ClientId } from '#shared/kernel/ids.ts'
import { isRecord } from '#shared/kernel/json.ts'
import { Secret } from '#shared/kernel/secret.ts'
import { clientId } from '../client/client-id.ts'
import { invalidClientMetadata, invalidToken, missingToken } from '../errors.ts'
import type { SentMetadata } from '../registration/registration-metadata.ts'

/** A client that wants to be registered; unverified. */
export interface RegistrationRequest {
  readonly metadata: SentMetadata
  /** A JWT. */
  readonly statement: string | undefined
  readonly initialAccessToken: Secret | undefined
  readonly address: string
}

/** A client that looks after its registration; unverified. */
export interface ManagementRequest {
  readonly id: ClientId
  readonly token: Secret
  readonly address: string
  readonly action:
    | { readonly kind: 'read' }
    | { readonly kind: 'remove' }
    | (Pick<RegistrationRequest, 'metadata' | 'statement'> & { readonly kind: 'update' })
}

/** A software statement with all that it may vouch for. */
const longestStatement = 16_384

/**
 * Reads a registration request.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7591#section-3.1
 * @param body as JSON has parsed it
 * @throws ProtocolError `invalid_client_metadata` or `invalid_token`
 */
export const parseRegistrationRequest = (
  body: unknown,
  authorization: string | undefined,
  address: string,
): RegistrationRequest => ({
  ...parseMetadata(body),
  initialAccessToken: authorization === undefined ? undefined : parseBearer(authorization),
  address,
})

/**
 * Reads a request to a client configuration endpoint.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7592#section-2
 * @throws ProtocolError `invalid_client_metadata`, or 401
 */
export function parseManagementRequest(
  { method, id, authorization, address }: ManagementHeaders,
  body: () => unknown,
): ManagementRequest {
  if (authorization === undefined) {
    throw missingToken('oauth/registration/token-missing', 'a registration access token is needed')
  }
  const token = parseBearer(authorization)
  const known = clientId(id)
  if (known === undefined) throw notValid()
  return { id: known, token, address, action: parseAction(method, body) }
}

interface ManagementHeaders {
  readonly method: string
  readonly id: string
  readonly authorization: string | undefined
  readonly address: string
}

function parseAction(method: string, body: () => unknown): ManagementRequest['action'] {
  if (method === 'PUT') return { kind: 'update', ...parseMetadata(body()) }
  return { kind: method === 'DELETE' ? 'remove' : 'read' }
}

function parseMetadata(body: unknown): Pick<RegistrationRequest, 'metadata' | 'statement'> {
  if (!isRecord(body)) {
    throw invalidClientMetadata('oauth/registration/body', 'the body must be one JSON object')
  }
  const metadata: SentMetadata = body
  const { software_statement: statement } = metadata
  if (statement === undefined || statement === null) return { metadata, statement: undefined }
  if (typeof statement === 'string' && statement.length <= longestStatement) {
    return { metadata, statement }
  }
  throw invalidClientMetadata(
    'oauth/registration/statement',
    'software_statement: must be a JWT of at most 16 KiB',
  )
}

/** @spec https://www.rfc-editor.org/rfc/rfc6750#section-2.1 */
function parseBearer(authorization: string): Secret {
  const [, token] = /^bearer +([\w.~+/-]+=*)$/i.exec(authorization) ?? []
  if (token === undefined) throw notValid()
  return new Secret(token)
}

const notValid = () => invalidToken('oauth/registration/bearer', 'the access token is not valid')
