import { cachedTenants } from '#shared/store/cached-tenants.ts'
import { dynamoTenants } from '#shared/store/tenants.ts'
import { clock } from './node.ts'
import { table } from './table.ts'

export const tenants = cachedTenants(dynamoTenants(table), clock)
