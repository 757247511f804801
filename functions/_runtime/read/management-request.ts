import {
  type ManagementRequest,
  parseManagementRequest,
} from '#shared/oauth/messages/registration-request.ts'
import type { HttpRequest } from '../http-request.ts'

/** Reads what a client wants to be done with its registration. */
export function readManagementRequest(request: HttpRequest): ManagementRequest {
  const { method, client: id, address } = request
  const authorization = request.header('authorization')
  return parseManagementRequest({ method, id, authorization, address }, request.json)
}
