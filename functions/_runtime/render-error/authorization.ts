import type { Scene } from '../endpoint.ts'
import type { HttpResponse } from '../http-response.ts'
import type { Refusal } from '../refusal.ts'
import { authorizationAnswer } from '../respond/authorization.ts'
import { htmlError } from './html.ts'

/**
 * A refusal of the authorization endpoint: returned to the client where its redirect URI is verified,
 * shown to the person where it is not.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1
 */
export function authorizationError(refusal: Refusal, scene: Scene): HttpResponse {
  return refusal.response === undefined
    ? htmlError(refusal, scene)
    : authorizationAnswer(refusal.response, scene.request)
}
