import {
  type IntrospectionRequest,
  parseIntrospectionRequest,
} from '#shared/oauth/messages/introspection-request.ts'
import { parseTokenInquiry, type TokenInquiry } from '#shared/oauth/messages/token-inquiry.ts'
import type { HttpRequest } from '../http-request.ts'
import { clientHeaders } from './client-headers.ts'

/** Reads which token a client speaks of. */
export const readTokenInquiry = (request: HttpRequest): TokenInquiry =>
  parseTokenInquiry(request.form(), clientHeaders(request), request.address)

/** Reads which token a client asks about, and how it wants to be answered. */
export const readIntrospectionRequest = (request: HttpRequest): IntrospectionRequest =>
  parseIntrospectionRequest(
    request.form(),
    clientHeaders(request),
    request.address,
    request.header('accept'),
  )
