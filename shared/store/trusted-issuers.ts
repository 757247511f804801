import { sha256Base64url } from '#shared/kernel/digest.ts'
import type { TrustedIssuer } from '#shared/oauth/trust/trusted-issuer.ts'
import type { TrustedIssuers } from '#shared/ports/repositories/trusted-issuers.ts'
import { key } from './keys.ts'
import { getItem } from './reads.ts'
import { defineRecord } from './record.ts'
import type { Table } from './table.ts'
import { putItem } from './writes.ts'

export const trustedIssuerRecord = defineRecord<Omit<TrustedIssuer, 'tenant'>>({
  name: 'trusted issuer',
  version: 1,
  fields: {
    issuer: 'text',
    type: 'text',
    keys: 'list',
    jwksUri: 'text?',
    audiences: 'list?',
    algorithms: 'list?',
    mappings: 'list',
  },
})

export function dynamoTrustedIssuers(table: Table): TrustedIssuers {
  return {
    async find(tenant, issuer) {
      const at = key.trustedIssuer(tenant, sha256Base64url(issuer))
      const item = await getItem(table, at, 'strong')
      return item && { tenant, ...trustedIssuerRecord.read(item) }
    },
    save: (trusted, event) =>
      putItem(table, {
        ...key.trustedIssuer(trusted.tenant, sha256Base64url(trusted.issuer)),
        ...trustedIssuerRecord.write(trusted),
        event,
      }),
  }
}
