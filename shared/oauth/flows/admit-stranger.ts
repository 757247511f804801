import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { Random } from '#shared/ports/random.ts'
import type { Attempts } from '#shared/ports/repositories/attempts.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import type { Client } from '../client/client.ts'
import { isStranger } from '../client/client-origin.ts'
import { type StrangersWork, strangerLimits } from '../client/stranger-throttle.ts'
import { tooManyRequests } from '../errors.ts'
import { takeAttempt } from './count-attempt.ts'

export interface StrangerPorts {
  readonly attempts: Attempts
  readonly random: Random
}

interface StrangersRequest {
  readonly tenant: Tenant
  readonly client: Client
  readonly address: string
  readonly now: EpochSeconds
}

/**
 * Counts what a client asks for that anybody can be, though it has proved which one it is: who may
 * register at will proves nothing by that. Clients that somebody answers for cost neither read nor write.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7591#section-5
 * @throws ProtocolError `temporarily_unavailable` for one request too many
 */
export const admitStranger =
  (ports: StrangerPorts) =>
  async (
    { tenant, client, address, now }: StrangersRequest,
    work: StrangersWork,
  ): Promise<void> => {
    if (!isStranger(tenant, client)) return
    const limits = strangerLimits(work, address)
    const event = {
      id: ports.random.id(),
      time: now,
      activity: 'stranger-counted',
      client: client.id,
      address,
    } as const
    if (await takeAttempt(ports)(tenant, limits, event)) return
    throw tooManyRequests(
      'oauth/stranger/too-many',
      'too many requests of this kind came from here',
    )
  }
