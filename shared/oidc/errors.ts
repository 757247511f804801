import { defineError } from '#shared/kernel/protocol-error.ts'

/** The wire errors that OpenID Connect adds to OAuth's. */
export const loginRequired = defineError({
  code: 'login_required',
  status: 400,
  spec: 'openid-connect-core-1_0#AuthError',
})
export const consentRequired = defineError({
  code: 'consent_required',
  status: 400,
  spec: 'openid-connect-core-1_0#AuthError',
})
export const requestNotSupported = defineError({
  code: 'request_not_supported',
  status: 400,
  spec: 'openid-connect-core-1_0#AuthError',
})
export const requestUriNotSupported = defineError({
  code: 'request_uri_not_supported',
  status: 400,
  spec: 'openid-connect-core-1_0#AuthError',
})
export const registrationNotSupported = defineError({
  code: 'registration_not_supported',
  status: 400,
  spec: 'openid-connect-core-1_0#AuthError',
})
