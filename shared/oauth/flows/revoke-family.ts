import type { Activity } from '#shared/audit/event.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { Random } from '#shared/ports/random.ts'
import type { RefreshFamilies } from '#shared/ports/repositories/refresh-families.ts'
import type { RefreshFamily } from '../token/refresh-family.ts'

/** Why a whole line of tokens is revoked. */
export type Replay = Extract<
  Activity,
  'code-replayed' | 'refresh-replayed' | 'device-replayed' | 'backchannel-replayed'
>

/** Revokes a whole line of tokens because one of them, or its code, came twice. */
export const revokeFamily =
  (
    ports: { readonly refreshFamilies: RefreshFamilies; readonly random: Random },
    activity: Replay,
    address: string,
  ) =>
  (family: RefreshFamily, now: EpochSeconds): Promise<void> => {
    const { user, client } = family
    const event = { id: ports.random.id(), time: now, activity, user, client, address }
    return ports.refreshFamilies.revoke(family, now, event)
  }
