import { readParameters } from '#shared/kernel/parameters.ts'
import {
  type ClientHeaders,
  type PresentedClient,
  parseClientAuthentication,
} from '../authentication/client-authentication.ts'
import { parseScope } from '../authorization/scope.ts'
import { invalidRequest } from '../errors.ts'

/** A device that asks for a code; its client is not authenticated yet. */
export interface DeviceAuthorizationRequest {
  readonly client: PresentedClient
  readonly scopes: readonly string[]
  readonly address: string
}

/**
 * Parses the form of a device authorization request.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8628#section-3.1
 * @throws ProtocolError `invalid_request`, `invalid_scope` or `invalid_client`
 */
export function parseDeviceAuthorizationRequest(
  form: URLSearchParams,
  headers: ClientHeaders,
  address: string,
): DeviceAuthorizationRequest {
  const { parameters, repeated } = readParameters(form)
  if (repeated.length > 0) {
    throw invalidRequest('oauth/device/repeated-parameter', 'a parameter is repeated')
  }
  const client = parseClientAuthentication(headers, parameters)
  return { client, scopes: parseScope(parameters.get('scope')), address }
}
