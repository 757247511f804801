import type { RegistrationResponse } from '#shared/oauth/registration/registration-response.ts'
import { type HttpResponse, noStore } from '../http-response.ts'
import { jsonNoStore } from './json.ts'

/** @spec https://www.rfc-editor.org/rfc/rfc7592#section-2.3 nothing is left of a client that is removed */
export const registrationOutcome = (client: RegistrationResponse | undefined): HttpResponse =>
  client === undefined ? { status: 204, headers: noStore } : jsonNoStore(client)
