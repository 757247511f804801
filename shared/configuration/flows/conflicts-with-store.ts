import { comparableName } from '#shared/directory/user-name.ts'
import type { ClientId } from '#shared/kernel/ids.ts'
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
      ...(await unknownDefault(ports, tenant, path)),
      ...(await unknownMembers(ports, tenant, path)),
      ...(await unknownClients(ports, tenant, path)),
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

/** Tokens of a new default would fail to verify wherever its key cannot be known yet. */
async function unknownDefault(
  ports: ApplyPorts,
  { id, settings }: DeclaredTenant,
  path: Path,
): Promise<readonly Problem[]> {
  if ((await ports.tenants.find(id)) === undefined) return []
  const active = (await ports.signingKeys.list(id)).filter(({ state }) => state === 'active')
  const [algorithm] = settings.signingAlgorithms
  if (active.some((key) => key.algorithm === algorithm)) return []
  const message = 'has no active key yet: list it behind the present default until it has one'
  return [problemAt([...path, 'settings', 'signingAlgorithms', 0], message)]
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

/** A client that is named somewhere in a tenant, and where. */
interface NamedClient {
  readonly client: ClientId
  readonly at: Path
}

/** A resource server that nobody can speak for could never ask about its tokens. */
const introspectionClients = ({ resources }: DeclaredTenant): readonly NamedClient[] =>
  resources.flatMap(({ introspection_client: client }, index) =>
    client === undefined ? [] : [{ client, at: ['resources', index, 'introspection_client'] }],
  )

/** A client that somebody is mapped to and that comes later would be theirs without anybody's word. */
const mappedClients = ({ trustedIssuers }: DeclaredTenant): readonly NamedClient[] =>
  trustedIssuers.flatMap(({ mappings }, issuer) =>
    mappings.flatMap((mapping, index) => {
      const at = ['trustedIssuers', issuer, 'mappings', index]
      if ('client_id' in mapping) return [{ client: mapping.client_id, at: [...at, 'client_id'] }]
      return mapping.clients.map((client, place) => ({ client, at: [...at, 'clients', place] }))
    }),
  )

async function unknownClients(
  ports: ApplyPorts,
  tenant: DeclaredTenant,
  path: Path,
): Promise<readonly Problem[]> {
  const declared = new Set(tenant.clients.map((client) => client.client_id))
  const named = [...introspectionClients(tenant), ...mappedClients(tenant)]
  const problems = await inTurn(named, async ({ client, at }) => {
    if (declared.has(client)) return []
    if ((await ports.clients.find(tenant.id, client)) !== undefined) return []
    return [
      problemAt([...path, ...at], 'is the client_id of no client in the document or the tenant'),
    ]
  })
  return problems.flat()
}
