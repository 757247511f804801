import type { Activity, AuditEvent } from '#shared/audit/event.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { DeclaredKey, KeyMaker } from '#shared/ports/key-maker.ts'
import type { PasswordHasher } from '#shared/ports/password-hasher.ts'
import type { Random } from '#shared/ports/random.ts'
import type { Clients } from '#shared/ports/repositories/clients.ts'
import type { Groups } from '#shared/ports/repositories/groups.ts'
import type { InitialAccessTokens } from '#shared/ports/repositories/initial-access-tokens.ts'
import type { Passwords } from '#shared/ports/repositories/passwords.ts'
import type { ResourceServers } from '#shared/ports/repositories/resource-servers.ts'
import type { SealingKeys } from '#shared/ports/repositories/sealing-keys.ts'
import type { Sessions } from '#shared/ports/repositories/sessions.ts'
import type { SigningKeys } from '#shared/ports/repositories/signing-keys.ts'
import type { Tenants } from '#shared/ports/repositories/tenants.ts'
import type { TrustedIssuers } from '#shared/ports/repositories/trusted-issuers.ts'
import type { Users } from '#shared/ports/repositories/users.ts'

export interface ApplyPorts {
  readonly tenants: Tenants
  readonly signingKeys: SigningKeys
  readonly sealingKeys: SealingKeys
  readonly users: Users
  readonly passwords: Passwords
  readonly sessions: Pick<Sessions, 'ofUser' | 'end'>
  readonly groups: Groups
  readonly clients: Clients
  readonly resourceServers: ResourceServers
  readonly trustedIssuers: TrustedIssuers
  readonly initialAccessTokens: InitialAccessTokens
  readonly keyMaker: KeyMaker
  readonly declaredKey: DeclaredKey
  readonly passwordHasher: PasswordHasher
  readonly clock: Clock
  readonly random: Random
}

/** The event of one write by the operator. */
export const newEvent = (
  { clock, random }: Pick<ApplyPorts, 'clock' | 'random'>,
  activity: Activity,
  subject: Pick<AuditEvent, 'user' | 'client'> = {},
): AuditEvent => ({ id: random.id(), time: clock.now(), activity, ...subject })

/** Does one thing after the other, so that a long document is no burst of writes. */
export async function inTurn<Element, Result>(
  elements: readonly Element[],
  act: (element: Element, index: number) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = []
  for (const [index, element] of elements.entries()) results.push(await act(element, index))
  return results
}
