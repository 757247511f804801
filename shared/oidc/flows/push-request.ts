import { sha256Base64url } from '#shared/kernel/digest.ts'
import { type AttemptId, trusted } from '#shared/kernel/ids.ts'
import { type EpochSeconds, plus, type Seconds } from '#shared/kernel/time.ts'
import {
  type PushedRequest,
  pushedRequestLifetime,
  sealedRequest,
} from '#shared/oauth/authorization/pushed-request.ts'
import { pushedRequestUri } from '#shared/oauth/authorization/request-uri.ts'
import type { Client } from '#shared/oauth/client/client.ts'
import { isPublicClient } from '#shared/oauth/client/public-client.ts'
import { invalidRequest } from '#shared/oauth/errors.ts'
import { admitStranger, type StrangerPorts } from '#shared/oauth/flows/admit-stranger.ts'
import { afterAuthentication } from '#shared/oauth/flows/after-authentication.ts'
import {
  authenticateClient,
  type ClientAuthenticationPorts,
} from '#shared/oauth/flows/authenticate-client.ts'
import { findResources } from '#shared/oauth/flows/find-resources.ts'
import { proveKeys, type SenderPorts } from '#shared/oauth/flows/prove-keys.ts'
import { withProvenKey } from '#shared/oauth/possession/dpop-jkt.ts'
import { verifyEntitlement } from '#shared/oauth/token/resource-entitlement.ts'
import type { PushedRequests } from '#shared/ports/repositories/pushed-requests.ts'
import type { ResourceServers } from '#shared/ports/repositories/resource-servers.ts'
import type { Sealer } from '#shared/ports/sealer.ts'
import { interactionLifetime } from '#shared/signin/interaction.ts'
import { profileOf } from '#shared/tenant/security-profile.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import {
  parseAuthorizationRequest,
  parseResponseTarget,
} from '../messages/authorization-request.ts'
import type { PushingRequest } from '../messages/pushed-request.ts'
import { readSentRequest } from '../messages/sent-request.ts'
import { verifyRequestLength } from '../request-length.ts'
import { mustBeSigned } from '../signed-request.ts'
import { openRequestObject, type RequestObjectPorts } from './open-request-object.ts'

type PushingPorts = ClientAuthenticationPorts &
  StrangerPorts &
  SenderPorts &
  RequestObjectPorts & {
    readonly pushedRequests: PushedRequests
    readonly resourceServers: Pick<ResourceServers, 'find'>
    readonly sealer: Sealer
  }

/** @spec https://www.rfc-editor.org/rfc/rfc9126#section-2.2 */
export interface PushedResponse {
  readonly request_uri: string
  readonly expires_in: Seconds
}

/**
 * The pushed authorization request endpoint: takes a request from its client itself, and checks it at once.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9126#section-2
 * @throws ProtocolError as section 2.3 says
 */
export const pushRequest =
  (ports: PushingPorts) =>
  async (tenant: Tenant, pushing: PushingRequest): Promise<PushedResponse> => {
    const now = ports.clock.now()
    const sender = await proveKeys(ports)(tenant, pushing.client, 'oauth2/par', now)
    const client = await authenticateClient(ports)(tenant, pushing.client, now)
    const push = async () => {
      const request = withProvenKey(await requestIn(ports, tenant, client, pushing), sender.jkt)
      await verifyPushing(ports, tenant, client, request)
      // The proof of a public client is worth no write: it does no more than name a key.
      if (!isPublicClient(client)) {
        await admitStranger(ports)({ ...pushing, tenant, client, now }, 'pushed-request')
        await sender.useProof?.()
      }
      const reference = await keep(ports, tenant, client, { ...pushing, request }, now)
      return { request_uri: pushedRequestUri(reference), expires_in: pushedRequestLifetime }
    }
    return afterAuthentication(pushing.client, push)
  }

/** @spec https://www.rfc-editor.org/rfc/rfc9126#section-3 */
async function requestIn(
  ports: PushingPorts,
  tenant: Tenant,
  client: Client,
  { sent, request }: PushingRequest,
): Promise<string> {
  if (sent.parameters.has('request')) return openRequestObject(ports)(tenant, client, sent)
  if (!mustBeSigned(tenant, client)) return request
  throw invalidRequest('oauth/par/not-signed', 'the request must be signed')
}

/**
 * @spec https://www.rfc-editor.org/rfc/rfc9126#section-2.1 validated as at the authorization endpoint
 * @spec https://openid.net/specs/openid-financial-api-part-2-1_0-final.html#authorization-server with PKCE
 */
async function verifyPushing(
  ports: PushingPorts,
  tenant: Tenant,
  client: Client,
  request: string,
): Promise<void> {
  const sent = readSentRequest(request)
  const target = parseResponseTarget(sent, client, tenant.issuer)
  const { resources, challenge } = parseAuthorizationRequest(sent, { tenant, client }, target)
  if (challenge === undefined && profileOf(tenant).requiresProofKeyWhenPushed) {
    throw invalidRequest('oauth/par/proof-key', 'a pushed request needs a code_challenge')
  }
  const found = await findResources(ports, tenant, resources)
  if (client.skipConsent) verifyEntitlement(client, found)
}

/** Keeps the request and answers the reference to it. */
async function keep(
  ports: PushingPorts,
  tenant: Tenant,
  client: Client,
  { request, address }: Pick<PushingRequest, 'request' | 'address'>,
  now: EpochSeconds,
): Promise<string> {
  const reference = ports.random.token()
  const startsBefore = plus(now, pushedRequestLifetime)
  const pushed: PushedRequest = {
    tenant: tenant.id,
    client: client.id,
    referenceHash: sha256Base64url(reference),
    request,
    startsBefore,
    expiresAt: plus(startsBefore, interactionLifetime),
  }
  if (isPublicClient(client)) {
    verifyRequestLength(request)
    return ports.sealer.seal('interaction', tenant.id, sealedRequest.mark({ pushed }))
  }
  const attempt = trusted<AttemptId>(ports.random.id())
  const id = ports.random.id()
  const event = { id, time: now, activity: 'request-pushed', client: client.id, address } as const
  await ports.pushedRequests.push(pushed, attempt, event)
  return reference
}
