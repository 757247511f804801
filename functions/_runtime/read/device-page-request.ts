import {
  type DevicePageRequest,
  parseDevicePageRequest,
} from '#shared/oidc/messages/device-verification.ts'
import type { HttpRequest } from '../http-request.ts'
import { cookiesOf } from './cookies.ts'
import { postedForm } from './posted-form.ts'

/** Reads a visit to the device page, or what was done there. */
export function readDevicePageRequest(request: HttpRequest): DevicePageRequest {
  const form = postedForm(request)
  const sent = form ?? new URLSearchParams(request.query)
  return parseDevicePageRequest(sent, form !== undefined, {
    ...cookiesOf(request),
    origin: request.header('origin'),
    address: request.address,
  })
}
