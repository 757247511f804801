import { randomUUID } from 'node:crypto'
import { profileOf } from '#shared/tenant/security-profile.ts'
import type { Scene } from './endpoint.ts'
import type { HttpResponse } from './http-response.ts'

/** Names one visit of an app to an API, in what both of them log. */
export const interactionIdHeader = 'x-fapi-interaction-id'

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

/**
 * Tells the id of the visit, where the profile wants it: the one of the app, or one of ours.
 *
 * @spec https://openid.net/specs/openid-financial-api-part-1-1_0-final.html#protected-resources-provisions
 */
export function withInteractionId(
  response: HttpResponse,
  { request, tenant }: Scene,
): HttpResponse {
  if (!tenant || !profileOf(tenant).namesInteractions) return response
  const presented = request.header(interactionIdHeader) ?? ''
  const id = uuid.test(presented) ? presented : randomUUID()
  return { ...response, headers: { ...response.headers, [interactionIdHeader]: id } }
}
