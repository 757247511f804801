import {
  type ClientHeaders,
  credentialParameters,
  type PresentedClient,
  parseClientAuthentication,
} from '#shared/oauth/authentication/client-authentication.ts'
import { invalidRequest, requestTooLarge } from '#shared/oauth/errors.ts'
import { readSentRequest, type SentAuthorizationRequest } from './sent-request.ts'

/** What a client pushes; it is not authenticated yet, and no value is verified. */
export interface PushingRequest {
  readonly client: PresentedClient
  readonly address: string
  readonly sent: SentAuthorizationRequest
  /** The parameters as a query, without what the client authenticates by. */
  readonly request: string
}

const maximalLength = 16_384

/**
 * Reads the form of a pushed request.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9126#section-2.1
 * @throws ProtocolError `invalid_request`, `invalid_client` or `invalid_dpop_proof`
 */
export function parsePushingRequest(
  form: URLSearchParams,
  headers: ClientHeaders,
  address: string,
): PushingRequest {
  const { parameters, repeated } = readSentRequest(form.toString())
  const client = parseClientAuthentication(headers, parameters)
  if (repeated.length > 0) {
    throw invalidRequest('oauth/par/repeated-parameter', 'a parameter is repeated')
  }
  if (parameters.has('request_uri')) {
    throw invalidRequest('oauth/par/request-uri', 'request_uri must not be pushed')
  }
  const kept = new URLSearchParams(
    [...form].filter(([name]) => !credentialParameters.includes(name)),
  )
  kept.set('client_id', client.id)
  const request = kept.toString()
  if (request.length > maximalLength) {
    throw requestTooLarge('oauth/par/length', 'the request is longer than 16384 characters')
  }
  return { client, address, sent: readSentRequest(request), request }
}
