import { ProtocolError } from '#shared/kernel/protocol-error.ts'
import {
  requestOfObject,
  verifyRequestObjectClaims,
  verifyRequestObjectType,
} from '#shared/oauth/authorization/request-object.ts'
import {
  readSentParameters,
  type SentParameters,
} from '#shared/oauth/authorization/sent-parameters.ts'
import type { Client } from '#shared/oauth/client/client.ts'
import { invalidRequest } from '#shared/oauth/errors.ts'
import type { ClientAssertionVerifier } from '#shared/ports/client-assertion-verifier.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import {
  backchannelRequestAlgorithms,
  mustSignBackchannelRequests,
  verifyNothingBesideObject,
  verifyObjectIsDated,
} from '../signed-backchannel-request.ts'

export interface BackchannelObjectPorts {
  readonly requestObjects: ClientAssertionVerifier
  readonly clock: Clock
}

/**
 * Answers the parameters of a request: those that were sent, or those of the object that was signed.
 *
 * @spec https://openid.net/specs/openid-client-initiated-backchannel-authentication-core-1_0.html#rfc.section.7.1.1
 * @throws ProtocolError `invalid_request`
 */
export const openBackchannelRequest =
  (ports: BackchannelObjectPorts) =>
  async (tenant: Tenant, client: Client, sent: SentParameters): Promise<SentParameters> => {
    const object = sent.parameters.get('request')
    if (object === undefined) {
      if (!mustSignBackchannelRequests(tenant, client)) return sent
      throw invalidRequest('oidc/backchannel/not-signed', 'the request must be signed')
    }
    verifyNothingBesideObject(sent.parameters)
    try {
      return await parametersOf(ports, tenant, client, object)
    } catch (error) {
      throw inWordsOfBackchannel(error)
    }
  }

async function parametersOf(
  { requestObjects, clock }: BackchannelObjectPorts,
  tenant: Tenant,
  client: Client,
  object: string,
): Promise<SentParameters> {
  verifyRequestObjectType(object)
  const algorithms = backchannelRequestAlgorithms(tenant, client)
  const presented = await requestObjects.verify(object, client, algorithms)
  const claims = verifyRequestObjectClaims(presented, { tenant, client }, clock.now())
  verifyObjectIsDated(claims)
  return readSentParameters(new URLSearchParams(requestOfObject(claims, client)))
}

/** This endpoint has no code of its own for an object that is not valid. */
const inWordsOfBackchannel = (error: unknown): unknown =>
  error instanceof ProtocolError && error.code === 'invalid_request_object'
    ? invalidRequest(error.rule, error.message, error)
    : error
