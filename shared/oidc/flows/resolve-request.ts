import { sha256Base64url } from '#shared/kernel/digest.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import {
  isSealedReference,
  type PushedRequest,
  sealedRequest,
  verifyPushedRequest,
} from '#shared/oauth/authorization/pushed-request.ts'
import { pushedReference, pushedRequestUri } from '#shared/oauth/authorization/request-uri.ts'
import type { Client } from '#shared/oauth/client/client.ts'
import { invalidRequest } from '#shared/oauth/errors.ts'
import type { PushedRequests } from '#shared/ports/repositories/pushed-requests.ts'
import type { Sealer } from '#shared/ports/sealer.ts'
import { profileOf } from '#shared/tenant/security-profile.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { readSentRequest } from '../messages/sent-request.ts'
import { verifyRequestLength } from '../request-length.ts'
import { mustBeSigned } from '../signed-request.ts'
import type { RequestObjectPorts } from './open-request-object.ts'
import { type PendingRequest, requestedAs } from './pending-request.ts'

export type ResolvingPorts = RequestObjectPorts & {
  readonly pushedRequests: PushedRequests
  readonly sealer: Sealer
}

/** A request with all its parameters at hand. */
export interface ResolvedRequest extends PendingRequest {
  /** Where it was pushed and is to be used up. */
  readonly pushed?: PushedRequest
}

/**
 * Finds the parameters of a request wherever its client has put them: here, in a signed object, or in what
 * it has pushed beforehand.
 *
 * What comes back from our own pages has been through this before.
 *
 * @throws ProtocolError `invalid_request`, `invalid_request_uri` or `invalid_request_object`
 */
export const resolveRequest =
  (ports: ResolvingPorts) =>
  async (
    tenant: Tenant,
    client: Client,
    pending: PendingRequest,
    now: EpochSeconds,
  ): Promise<ResolvedRequest> => {
    const { parameters } = pending.sent
    const reference = pushedReference(parameters.get('request_uri') ?? '')
    if (reference !== undefined) return openPushed(ports, tenant, client, pending, reference, now)
    if (pending.resumed !== undefined) return pending
    if (client.requirePushedRequests || profileOf(tenant).requiresPushedRequests) {
      throw invalidRequest('oauth/authorize/not-pushed', 'the request must be pushed')
    }
    if (parameters.has('request') || parameters.has('request_uri')) {
      const { openRequestObject } = await import('./open-request-object.ts')
      const request = await openRequestObject(ports)(tenant, client, pending.sent)
      verifyRequestLength(request)
      return requestedAs(request)
    }
    if (mustBeSigned(tenant, client)) {
      throw invalidRequest('oauth/authorize/not-signed', 'the request must be signed')
    }
    return pending
  }

/** @spec https://www.rfc-editor.org/rfc/rfc9126#section-4 */
async function openPushed(
  ports: ResolvingPorts,
  tenant: Tenant,
  client: Client,
  pending: PendingRequest,
  reference: string,
  now: EpochSeconds,
): Promise<ResolvedRequest> {
  const isBegun = pending.resumed !== undefined
  if (isSealedReference(reference)) {
    const opened = await ports.sealer.open('interaction', tenant.id, reference)
    const sealed = sealedRequest.read(opened)?.pushed
    return requestedAs(verifyPushedRequest(sealed, client, { isBegun: false, now }).request)
  }
  const found = await ports.pushedRequests.find(tenant.id, sha256Base64url(reference))
  const pushed = verifyPushedRequest(found, client, { isBegun, now })
  const request_uri = pushedRequestUri(reference)
  const text = new URLSearchParams({ client_id: client.id, request_uri }).toString()
  return { ...pending, text, sent: readSentRequest(pushed.request), pushed }
}
