import { type AttemptId, trusted, type UserId } from '#shared/kernel/ids.ts'
import { ProtocolError } from '#shared/kernel/protocol-error.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { PushedRequest } from '#shared/oauth/authorization/pushed-request.ts'
import { invalidRequestUri } from '#shared/oauth/errors.ts'
import type { Random } from '#shared/ports/random.ts'
import type { PushedRequests } from '#shared/ports/repositories/pushed-requests.ts'
import type { Users } from '#shared/ports/repositories/users.ts'
import { currentSession } from '#shared/session/flows/current-session.ts'
import type { SessionReadingPorts } from '#shared/session/flows/presented-session.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'

interface UsePorts {
  readonly pushedRequests: PushedRequests
  readonly random: Random
}

/**
 * Uses a pushed request up: of all that would answer it, one does.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9126#section-7.3
 * @throws ProtocolError `invalid_request_uri`
 */
export async function usePushedRequest(
  ports: UsePorts,
  pushed: PushedRequest,
  by: { readonly user: UserId; readonly now: EpochSeconds; readonly address: string },
): Promise<void> {
  const { user, now, address } = by
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

/**
 * Runs the rules on a pushed request; what they refuse to somebody who is signed in uses it up as well.
 *
 * A visit of nobody does not: scanners of links must not break a sign-in.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9126#section-7.3
 */
export const orUsingUp =
  (ports: UsePorts & SessionReadingPorts & { readonly users: Users }) =>
  async <Result>(
    pushed: PushedRequest,
    asked: {
      readonly tenant: Tenant
      readonly input: { readonly session: string | undefined; readonly address: string }
      readonly now: EpochSeconds
    },
    rules: () => Promise<Result>,
  ): Promise<Result> => {
    try {
      return await rules()
    } catch (error) {
      if (error instanceof ProtocolError) {
        const { tenant, input, now } = asked
        const signedIn = await currentSession(ports)(tenant, input.session, now)
        const by = signedIn && { user: signedIn.user.id, now, address: input.address }
        if (by) await usePushedRequest(ports, pushed, by)
      }
      throw error
    }
  }
