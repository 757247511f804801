import type { Activity, AuditEvent } from '#shared/audit/event.ts'
import { type AttemptId, type ClientId, trusted } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { ClientAssertionVerifier } from '#shared/ports/client-assertion-verifier.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { HttpClient } from '#shared/ports/http-client.ts'
import type { Random } from '#shared/ports/random.ts'
import type { Attempts } from '#shared/ports/repositories/attempts.ts'
import type { ClientRegistrations } from '#shared/ports/repositories/client-registrations.ts'
import type { Clients } from '#shared/ports/repositories/clients.ts'
import type { InitialAccessTokens } from '#shared/ports/repositories/initial-access-tokens.ts'

/** What looking after a registration needs. */
export interface ManagementPorts {
  readonly clients: Pick<Clients, 'find'>
  readonly clientRegistrations: ClientRegistrations
  readonly httpClient: HttpClient
  readonly statements: ClientAssertionVerifier
  readonly clock: Clock
  readonly random: Random
}

/** What registering needs. */
export interface RegistrationPorts extends Omit<ManagementPorts, 'clients'> {
  readonly initialAccessTokens: Pick<InitialAccessTokens, 'find' | 'use'>
  readonly attempts: Attempts
}

/** The attempt and the event of one write by a client. */
export const written = (
  { random }: { readonly random: Random },
  activity: Activity,
  about: { readonly client: ClientId; readonly address: string; readonly now: EpochSeconds },
): readonly [AttemptId, AuditEvent] => {
  const { client, address, now } = about
  const event = { id: random.id(), time: now, activity, client, address }
  return [trusted<AttemptId>(random.id()), event]
}
