import { comparableName } from '#shared/directory/user-name.ts'
import type { Configuration, DeclaredTenant } from '../document.ts'
import { isLoopbackIssuer, issuerOf } from '../issuer.ts'
import { type Problem, problemAt } from '../problem.ts'
import { type ApplyPorts, inTurn } from './apply-ports.ts'

type Path = readonly PropertyKey[]

/** Finds what in a document contradicts the store, before anything of it is applied. */
export async function findConflicts(
  ports: ApplyPorts,
  issuerOrigin: string,
  { tenants }: Configuration,
): Promise<readonly Problem[]> {
  const problems = await inTurn(tenants, async (tenant, index) => {
    const path = ['tenants', index]
    return [
      ...(await issuerConflict(ports, issuerOrigin, tenant, path)),
      ...(await unknownMembers(ports, tenant, path)),
    ]
  })
  return problems.flat()
}

/** An issuer stands in every client's configuration; only a developer's own may move to another port. */
async function issuerConflict(
  ports: ApplyPorts,
  issuerOrigin: string,
  { id }: DeclaredTenant,
  path: Path,
): Promise<readonly Problem[]> {
  const stored = await ports.tenants.find(id)
  const issuer = issuerOf(issuerOrigin, id)
  if (stored === undefined || stored.issuer === issuer || isLoopbackIssuer(stored.issuer)) return []
  const message = `its issuer is ${stored.issuer} and cannot become ${issuer}: every client would break`
  return [problemAt([...path, 'id'], message)]
}

async function unknownMembers(
  ports: ApplyPorts,
  { id, users, groups }: DeclaredTenant,
  path: Path,
): Promise<readonly Problem[]> {
  const declared = new Set(users.map(({ userName }) => comparableName(userName)))
  const members = groups.flatMap((group, at) =>
    group.members.map((member, index) => ({ member, at: ['groups', at, 'members', index] })),
  )
  const problems = await inTurn(members, async ({ member, at }) => {
    if (declared.has(comparableName(member))) return []
    if ((await ports.users.findIdByUserName(id, member)) !== undefined) return []
    return [problemAt([...path, ...at], 'is the userName of no user in the document or the tenant')]
  })
  return problems.flat()
}
