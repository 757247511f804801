import type { Activity } from '#shared/audit/event.ts'
import { type AttemptId, trusted } from '#shared/kernel/ids.ts'
import { isExpired } from '#shared/kernel/time.ts'
import type { PollRecording } from '#shared/ports/repositories/device-authorizations.ts'
import type { Authorization } from '../authorization/authorization.ts'
import {
  authorizationDenied,
  authorizationPending,
  expiredToken,
  invalidGrant,
  slowDown,
} from '../errors.ts'
import type { TokenResponse } from '../messages/token-response.ts'
import { type PollPace, pacePoll } from '../polling/poll-pace.ts'
import type { PolledAuthorization } from '../polling/polled-authorization.ts'
import type { GrantContext } from './grant-context.ts'
import { type FamilyPorts, openFamily } from './open-family.ts'
import type { Replay } from './revoke-family.ts'

/** What differs between the grants whose clients poll. */
export interface Polling {
  readonly activity: Activity
  readonly replay: Replay
  recordPoll(pace: Required<PollPace>, attempt: AttemptId): Promise<PollRecording>
}

/**
 * Answers a poll: tokens, once, when the person has allowed it; until then an error that says to wait.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8628#section-3.5
 * @throws ProtocolError `authorization_pending`, `slow_down`, `access_denied`, `expired_token` or
 *   `invalid_grant`
 */
export const redeemPolled =
  (ports: FamilyPorts) =>
  async (
    context: GrantContext,
    polled: PolledAuthorization,
    polling: Polling,
  ): Promise<TokenResponse> => {
    const { client, now } = context
    if (polled.client !== client.id) {
      throw invalidGrant('oauth/poll/other-client', 'the code was issued to another client')
    }
    const { answer } = polled
    if (answer?.kind === 'allowed') {
      return redeem(ports, context, polled, polling, answer.authorization)
    }
    if (isExpired(polled.expiresAt, now)) throw expired()
    if (answer?.kind === 'denied') {
      throw authorizationDenied('oauth/poll/denied', 'the user did not allow the request')
    }
    await keepPace(ports, context, polled, polling)
    throw authorizationPending('oauth/poll/pending', 'the user has not answered yet')
  }

const redeem = (
  ports: FamilyPorts,
  context: GrantContext,
  { expiresAt }: PolledAuthorization,
  { activity, replay }: Polling,
  authorization: Authorization,
): Promise<TokenResponse> =>
  openFamily(ports)(context, authorization, {
    activity,
    replay,
    expiresAt,
    verify() {
      if (isExpired(expiresAt, context.now)) throw expired()
    },
    replayed: () => invalidGrant('oauth/poll/replayed', 'the code has been used before'),
  })

const expired = () => expiredToken('oauth/poll/expired', 'the code has expired')

/**
 * Holds the client to its pace. Of the polls of one second only one is written: a client in a loop
 * must not spend more.
 *
 * @throws ProtocolError `slow_down`
 */
async function keepPace(
  ports: FamilyPorts,
  { now }: GrantContext,
  polled: PolledAuthorization,
  polling: Polling,
): Promise<void> {
  if (polled.polledAt === now) throw tooEarly()
  const { isTooEarly, interval } = pacePoll(polled, now)
  const attempt = trusted<AttemptId>(ports.random.id())
  const recorded = await polling.recordPoll({ interval, polledAt: now }, attempt)
  if (isTooEarly || recorded === 'overtaken') throw tooEarly()
}

const tooEarly = () => slowDown('oauth/poll/too-early', 'wait 5 seconds longer between polls')
