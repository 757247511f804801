import type { Activity } from '#shared/audit/event.ts'
import { type AttemptId, trusted } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { Random } from '#shared/ports/random.ts'
import type { RefreshFamilies } from '#shared/ports/repositories/refresh-families.ts'
import type { RefreshFamily } from '../token/refresh-family.ts'

interface WritingPorts {
  readonly refreshFamilies: Pick<RefreshFamilies, 'open'>
  readonly random: Random
}

/**
 * Writes a new family with its event; answers whether this request, of all that present the same
 * authorization, is the one that used it up.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6749#section-10.5
 */
export async function writeFamily(
  { refreshFamilies, random }: WritingPorts,
  { now, address }: { readonly now: EpochSeconds; readonly address: string },
  family: RefreshFamily,
  activity: Activity,
): Promise<boolean> {
  const { user, client } = family
  const event = { id: random.id(), time: now, activity, user, client, address }
  const opening = await refreshFamilies.open(family, trusted<AttemptId>(random.id()), event)
  return opening.kind === 'opened'
}
