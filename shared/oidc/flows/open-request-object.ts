import {
  requestObjectAlgorithms,
  requestOfObject,
  verifyRequestObjectClaims,
  verifyRequestObjectType,
} from '#shared/oauth/authorization/request-object.ts'
import type { Client } from '#shared/oauth/client/client.ts'
import { invalidRequest, invalidRequestUri } from '#shared/oauth/errors.ts'
import type { ClientAssertionVerifier } from '#shared/ports/client-assertion-verifier.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { HttpClient } from '#shared/ports/http-client.ts'
import { profileOf } from '#shared/tenant/security-profile.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { requestUriNotSupported } from '../errors.ts'
import type { SentAuthorizationRequest } from '../messages/sent-request.ts'

export interface RequestObjectPorts {
  readonly requestObjects: ClientAssertionVerifier
  readonly httpClient: HttpClient
  readonly clock: Clock
}

/**
 * Takes a request out of the object that its client has signed; whatever stands beside it does not count.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9101#section-6.3
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#JWTRequests
 * @throws ProtocolError `invalid_request_object`, `invalid_request_uri` or `request_uri_not_supported`
 */
export const openRequestObject =
  (ports: RequestObjectPorts) =>
  async (
    tenant: Tenant,
    client: Client,
    { parameters, repeated }: SentAuthorizationRequest,
  ): Promise<string> => {
    const byValue = parameters.get('request')
    const uri = parameters.get('request_uri')
    const isAmbiguous = repeated.includes('request') || repeated.includes('request_uri')
    if (isAmbiguous || (byValue !== undefined && uri !== undefined)) {
      throw invalidRequest(
        'oauth/request-object/ambiguous',
        'there is more than one request object',
      )
    }
    const presented = byValue ?? (await fetchObject(ports, tenant, client, uri ?? ''))
    verifyRequestObjectType(presented)
    const algorithms = requestObjectAlgorithms(tenant, client)
    const claims = await ports.requestObjects.verify(presented, client, algorithms)
    const verified = verifyRequestObjectClaims(claims, { tenant, client }, ports.clock.now())
    return requestOfObject(verified, client)
  }

/** The fragment may be a hash of what is found there, so that a change of it is a change of the address. */
const withoutFragment = (uri: string): string => uri.replace(/#.*$/s, '')

/** @spec https://www.rfc-editor.org/rfc/rfc9101#section-10.4 only what is registered is fetched */
async function fetchObject(
  ports: RequestObjectPorts,
  tenant: Tenant,
  client: Client,
  presented: string,
): Promise<string> {
  const registered = client.requestObject?.uris?.map(withoutFragment) ?? []
  if (registered.length === 0 || !profileOf(tenant).takesRequestsByReference) {
    throw requestUriNotSupported('oidc/request-uri', 'request_uri is not supported')
  }
  const url = withoutFragment(presented)
  if (!registered.includes(url)) throw notThere('unregistered')
  const purpose = 'request-object'
  const answer = await ports.httpClient.fetch({ method: 'GET', url, purpose })
  if (answer.kind === 'answered' && answer.status === 200) return answer.body.trim()
  throw notThere('unanswered')
}

const notThere = (rule: string) =>
  invalidRequestUri(`oauth/request-uri/${rule}`, 'there is no request object at request_uri')
