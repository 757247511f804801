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
export const requestUriNotSupported = defineError({
  code: 'request_uri_not_supported',
  status: 400,
  spec: 'openid-connect-core-1_0#AuthError',
})
/** No hint leads to a user; told to registered clients alone. */
export const unknownUserId = defineError({
  code: 'unknown_user_id',
  status: 400,
  spec: 'openid-client-initiated-backchannel-authentication-core-1_0#rfc.section.13',
})
export const invalidBindingMessage = defineError({
  code: 'invalid_binding_message',
  status: 400,
  spec: 'openid-client-initiated-backchannel-authentication-core-1_0#rfc.section.13',
})
export const registrationNotSupported = defineError({
  code: 'registration_not_supported',
  status: 400,
  spec: 'openid-connect-core-1_0#AuthError',
})
export const unmetAuthenticationRequirements = defineError({
  code: 'unmet_authentication_requirements',
  status: 400,
  spec: 'openid-connect-unmet-authentication-requirements-1_0#section-1',
})
