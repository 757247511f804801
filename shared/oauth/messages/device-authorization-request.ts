import {
  type ClientHeaders,
  type PresentedClient,
  parseClientAuthentication,
} from '../authentication/client-authentication.ts'
import { readSentParameters, type SentParameters } from '../authorization/sent-parameters.ts'
import { invalidRequest } from '../errors.ts'

/** A device that asks for a code; its client is not authenticated yet. */
export interface DeviceAuthorizationRequest {
  readonly client: PresentedClient
  readonly sent: SentParameters
  readonly address: string
}

/**
 * Reads the form of a device authorization request.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8628#section-3.1
 * @throws ProtocolError `invalid_request` or `invalid_client`
 */
export function parseDeviceAuthorizationRequest(
  form: URLSearchParams,
  headers: ClientHeaders,
  address: string,
): DeviceAuthorizationRequest {
  const sent = readSentParameters(form)
  if (sent.repeated.length > 0) {
    throw invalidRequest('oauth/device/repeated-parameter', 'a parameter is repeated')
  }
  return { client: parseClientAuthentication(headers, sent.parameters), sent, address }
}
