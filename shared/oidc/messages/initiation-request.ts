import type { ClientId } from '#shared/kernel/ids.ts'
import { readParameters } from '#shared/kernel/parameters.ts'
import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import { clientId } from '#shared/oauth/client/client-id.ts'
import { invalidRequest } from '#shared/oauth/errors.ts'
import { verifyRequestLength } from '../request-length.ts'

/** @spec https://openid.net/specs/openid-connect-core-1_0.html#ThirdPartyInitiatedLogin */
export interface InitiationRequest {
  readonly client: ClientId
  readonly loginHint?: string
  readonly targetLinkUri?: string
}

/**
 * Reads which client a link wants to begin with, and what it wants to tell it.
 *
 * @param query unverified
 * @throws ProtocolError `invalid_request`
 */
export function parseInitiationRequest(query: string): InitiationRequest {
  verifyRequestLength(query)
  const { parameters, repeated } = readParameters(new URLSearchParams(query))
  const client = clientId(parameters.get('client_id') ?? '')
  if (client === undefined || repeated.length > 0) {
    throw invalidRequest('oidc/initiate-login/client-id', 'client_id must be given once')
  }
  const loginHint = parameters.get('login_hint')
  const targetLinkUri = parameters.get('target_link_uri')
  return { client, ...withoutAbsent({ loginHint, targetLinkUri }) }
}
