import type { Client } from '#shared/oauth/client/client.ts'
import type { Clients } from '#shared/ports/repositories/clients.ts'
import { key } from './keys.ts'
import { getItem } from './reads.ts'
import { defineRecord } from './record.ts'
import type { Item, Table } from './table.ts'
import { putItem } from './writes.ts'

export const clientRecord = defineRecord<Omit<Client, 'tenant'>>({
  name: 'client',
  version: 1,
  fields: {
    id: 'text',
    name: 'text',
    applicationType: 'text',
    redirectUris: 'list',
    postLogoutRedirectUris: 'list',
    grantTypes: 'list',
    tokenEndpointAuthMethod: 'text',
    secretHashes: 'list',
    keys: 'list',
    scopes: 'list',
    skipConsent: 'flag',
    defaultMaxAge: 'number?',
    responseTypes: 'list?',
    responseModes: 'list?',
    jwksUri: 'text?',
    tokenEndpointAuthSigningAlg: 'text?',
    certificate: 'map?',
    requirePushedRequests: 'flag?',
    requestObject: 'map?',
    dpopBoundAccessTokens: 'flag?',
    certificateBoundAccessTokens: 'flag?',
    accessTokenFormat: 'text?',
    accessTokenSigningAlg: 'text?',
    idToken: 'map?',
    userInfo: 'map?',
    introspection: 'map?',
    authorizationResponse: 'map?',
    subjectType: 'text?',
    sectorIdentifierUri: 'text?',
    defaultAcrValues: 'list?',
    authorizationDetailsTypes: 'list?',
    refreshTokenGrace: 'number?',
    tokenExchange: 'map?',
    resources: 'list?',
    logout: 'map?',
    initiateLoginUri: 'text?',
    backchannelAuthentication: 'map?',
    dynamicRegistration: 'map?',
    softwareId: 'text?',
    softwareVersion: 'text?',
    contacts: 'list?',
    clientUri: 'text?',
    logoUri: 'text?',
    policyUri: 'text?',
    tosUri: 'text?',
    validAfter: 'number',
  },
})

/** A client that has removed itself leaves a marker for a while. */
const isRemoved = (item: Item): boolean => item['removedAt'] !== undefined

export function dynamoClients(table: Table): Clients {
  return {
    async find(tenant, id) {
      const item = await getItem(table, key.client(tenant, id), 'strong')
      return item && !isRemoved(item) ? { tenant, ...clientRecord.read(item) } : undefined
    },
    save: (client, event) =>
      putItem(table, {
        ...key.client(client.tenant, client.id),
        ...clientRecord.write(client),
        event,
      }),
  }
}
