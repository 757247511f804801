import type { IntrospectionAnswer } from '#shared/oauth/flows/introspect.ts'
import { introspectionJwtType } from '#shared/oauth/messages/introspection-request.ts'
import { type HttpResponse, noStore } from '../http-response.ts'
import { jsonNoStore } from './json.ts'

/** @spec https://www.rfc-editor.org/rfc/rfc9701#section-5 the type of an answer that is a JWT */
export const introspectionAnswer = (answer: IntrospectionAnswer): HttpResponse =>
  'jwt' in answer && typeof answer.jwt === 'string'
    ? {
        status: 200,
        headers: { ...noStore, 'content-type': introspectionJwtType },
        body: answer.jwt,
      }
    : jsonNoStore(answer)
