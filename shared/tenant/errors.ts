import { defineError } from '#shared/kernel/protocol-error.ts'

export const unknownTenant = defineError({
  code: 'invalid_request',
  status: 404,
  spec: 'rfc9110#section-15.5.5',
})
