import { isDeepStrictEqual } from 'node:util'
import type { Group } from '#shared/directory/group.ts'
import { type GroupId, type TenantId, trusted } from '#shared/kernel/ids.ts'
import type { DeclaredGroup } from '../document.ts'
import type { Applied, Outcome } from '../report.ts'
import { type ApplyPorts, inTurn, newEvent } from './apply-ports.ts'

/** Creates or updates the groups of a tenant, each found by its `displayName`, and adds their members. */
export async function applyGroups(
  ports: ApplyPorts,
  tenant: TenantId,
  groups: readonly DeclaredGroup[],
): Promise<readonly Applied[]> {
  const applied = await inTurn(groups, async (declared) => {
    const { group, outcome } = await applyGroup(ports, tenant, declared)
    const members = await inTurn(declared.members, (member) => addMember(ports, group, member))
    return [
      { kind: 'groups', outcome } as const,
      ...members.map((membership) => ({ kind: 'memberships', outcome: membership }) as const),
    ]
  })
  return applied.flat()
}

async function applyGroup(
  ports: ApplyPorts,
  tenant: TenantId,
  { members: _, ...attributes }: DeclaredGroup,
): Promise<{ readonly group: Group; readonly outcome: Outcome }> {
  const stored = await ports.groups.findByDisplayName(tenant, attributes.displayName)
  const id = stored?.id ?? trusted<GroupId>(ports.random.id())
  const group: Group = { tenant, id, ...attributes }
  if (isDeepStrictEqual(group, stored)) return { group, outcome: 'unchanged' }
  const saving = await ports.groups.save(group, newEvent(ports, 'group-changed'))
  if (saving.kind === 'display-name-taken') {
    throw new Error('somebody else has taken a displayName meanwhile: apply the document again')
  }
  return { group, outcome: stored === undefined ? 'created' : 'updated' }
}

async function addMember(ports: ApplyPorts, group: Group, userName: string): Promise<Outcome> {
  const user = await ports.users.findIdByUserName(group.tenant, userName)
  if (user === undefined) {
    throw new Error('somebody else has removed a member meanwhile: apply the document again')
  }
  const names = await ports.groups.namesOf(group.tenant, user)
  if (names.includes(group.displayName)) return 'unchanged'
  await ports.groups.addMember(group, user, newEvent(ports, 'group-changed', { user }))
  return 'created'
}
