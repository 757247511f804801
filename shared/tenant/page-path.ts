import type { Tenant } from './tenant.ts'

/** Path of one of the tenant's own pages, whether its issuer is a path of a shared host or a host of its own. */
export const pagePath = ({ issuer }: Tenant, page: string): string =>
  new URL(`${issuer}/${page}`).pathname
