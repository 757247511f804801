import { type AttemptId, trusted } from '#shared/kernel/ids.ts'
import type { PushedRequest } from '#shared/oauth/authorization/pushed-request.ts'
import { invalidRequestUri } from '#shared/oauth/errors.ts'
import type { Random } from '#shared/ports/random.ts'
import type { PushedRequests } from '#shared/ports/repositories/pushed-requests.ts'
import type { AuthorizedRequest } from './authorized-request.ts'

/**
 * Uses a pushed request up: of all that would answer it, one does.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9126#section-7.3
 * @throws ProtocolError `invalid_request_uri`
 */
export async function usePushedRequest(
  ports: { readonly pushedRequests: PushedRequests; readonly random: Random },
  pushed: PushedRequest,
  { session: { user }, now, address }: Pick<AuthorizedRequest, 'session' | 'now' | 'address'>,
): Promise<void> {
  const attempt = trusted<AttemptId>(ports.random.id())
  const { client } = pushed
  const event = {
    id: ports.random.id(),
    time: now,
    activity: 'request-answered',
    user,
    client,
    address,
  } as const
  if ((await ports.pushedRequests.use(pushed, now, attempt, event)) === 'fresh') return
  throw invalidRequestUri('oauth/pushed-request/used', 'request_uri has been used before')
}
