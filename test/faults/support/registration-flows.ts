import { type Flow, forClients, isError, isOk } from './flow.ts'
import type { Answer, Sent } from './viewer.ts'
import type { Visitor } from './visitor.ts'

/** Of `configuration.json`; it can be used a million times, and each of them is written down. */
const initialAccessToken = 'faults-initial-7Jq2Lx9Rv4Tz8Bn3Wk6Ym1Pc5HsGdQf'

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

const metadata = { grant_types: ['client_credentials'], scope: 'orders:read' }

const registering = ({ tenant }: Visitor): Sent => ({
  method: 'POST',
  path: `/${tenant}/oauth2/register`,
  json: metadata,
  headers: bearer(initialAccessToken),
})

async function managing(visitor: Visitor, method: 'GET' | 'PUT' | 'DELETE'): Promise<Sent> {
  const told = await visitor.told(registering(visitor))
  const { client_id, registration_access_token: token = '' } = told
  const path = `/${visitor.tenant}/oauth2/register/${client_id}`
  const json = method === 'PUT' ? { json: { client_id, ...metadata } } : {}
  return { method, path, headers: bearer(token), ...json }
}

/** The client that was made can prove itself. */
async function provesItself(visitor: Visitor, { body }: Answer): Promise<boolean> {
  const { client_id: id, client_secret: secret } = JSON.parse(body)
  const authorization = `Basic ${btoa(`${id}:${secret}`)}`
  const form = { grant_type: 'client_credentials' }
  return isOk(await visitor.ask(visitor.token({ form, headers: { authorization } })))
}

/** Clients that register themselves. */
export const registrationFlows: readonly Flow[] = [
  {
    ...forClients,
    name: 'a registration',
    endpoint: 'oauth2.register',
    prepare: async (visitor) => registering(visitor),
    succeeds: ({ status }) => status === 201,
    commits: ['initial-token-used', 'client-registered'],
    proves: provesItself,
  },
  {
    ...forClients,
    name: 'a registration that is read',
    endpoint: 'oauth2.registration',
    prepare: (visitor) => managing(visitor, 'GET'),
  },
  {
    ...forClients,
    name: 'a registration that is changed',
    endpoint: 'oauth2.registration',
    prepare: (visitor) => managing(visitor, 'PUT'),
    commits: 'client-registered',
  },
  {
    ...forClients,
    name: 'a registration that is removed',
    endpoint: 'oauth2.registration',
    prepare: (visitor) => managing(visitor, 'DELETE'),
    succeeds: ({ status }) => status === 204,
    commits: 'client-removed',
    // Whoever has read the client just before it is gone removes nothing, and says that nothing is left.
    isFinal: true,
    isUsedUp: isError('invalid_token'),
  },
]
