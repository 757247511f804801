import { equalInConstantTime } from '#shared/kernel/digest.ts'
import { defineError } from '#shared/kernel/protocol-error.ts'
import { config } from './config.ts'
import type { HttpRequest } from './http-request.ts'

const notThroughTheEdge = defineError({
  code: 'access_denied',
  status: 403,
  spec: 'rfc9110#section-15.5.4',
})

const { originSecret } = config

/** Refuses a request that has gone around the distribution, and so around its firewall. */
export function verifyOriginSecret(request: HttpRequest): void {
  const presented = request.header('x-origin-secret') ?? ''
  if (!equalInConstantTime(presented, originSecret.reveal())) {
    throw notThroughTheEdge('runtime/origin-secret', 'this address is not to be used directly')
  }
}
