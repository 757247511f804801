import { defineError } from '#shared/kernel/protocol-error.ts'

/** Refusals of the pages; no wire protocol defines them, people read them. */
export const interactionExpired = defineError({
  code: 'interaction_expired',
  status: 400,
  spec: 'rfc9110#section-15.5.1',
})
export const interactionForeign = defineError({
  code: 'interaction_foreign',
  status: 400,
  spec: 'rfc9110#section-15.5.1',
})
export const crossSiteRequest = defineError({
  code: 'cross_site_request',
  status: 403,
  spec: 'rfc9110#section-15.5.4',
})
export const formIncomplete = defineError({
  code: 'form_incomplete',
  status: 400,
  spec: 'rfc9110#section-15.5.1',
})
