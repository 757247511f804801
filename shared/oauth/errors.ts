import { defineError } from '#shared/kernel/protocol-error.ts'

/** The wire errors of OAuth; one line a code, each with the section that defines it. */
export const invalidRequest = defineError({
  code: 'invalid_request',
  status: 400,
  spec: 'rfc6749#section-5.2',
})
export const invalidClient = defineError({
  code: 'invalid_client',
  status: 401,
  spec: 'rfc6749#section-5.2',
})
/** Of whoever does not even try: introspection answers 400, and 401 to credentials that are wrong. */
export const unauthenticatedClient = defineError({
  code: 'invalid_client',
  status: 400,
  spec: 'rfc9701#section-5',
})
export const invalidGrant = defineError({
  code: 'invalid_grant',
  status: 400,
  spec: 'rfc6749#section-5.2',
})
export const unauthorizedClient = defineError({
  code: 'unauthorized_client',
  status: 400,
  spec: 'rfc6749#section-5.2',
})
export const unsupportedGrantType = defineError({
  code: 'unsupported_grant_type',
  status: 400,
  spec: 'rfc6749#section-5.2',
})
export const invalidScope = defineError({
  code: 'invalid_scope',
  status: 400,
  spec: 'rfc6749#section-5.2',
})
export const accessDenied = defineError({
  code: 'access_denied',
  status: 403,
  spec: 'rfc6749#section-4.1.2.1',
})
/** Told to the client with a redirect, which cannot carry a 503. */
export const temporarilyUnavailable = defineError({
  code: 'temporarily_unavailable',
  status: 503,
  spec: 'rfc6749#section-4.1.2.1',
})
export const unsupportedResponseType = defineError({
  code: 'unsupported_response_type',
  status: 400,
  spec: 'rfc6749#section-4.1.2.1',
})
export const invalidRequestUri = defineError({
  code: 'invalid_request_uri',
  status: 400,
  spec: 'rfc9101#section-7',
})
export const invalidRequestObject = defineError({
  code: 'invalid_request_object',
  status: 400,
  spec: 'rfc9101#section-7',
})
export const invalidAuthorizationDetails = defineError({
  code: 'invalid_authorization_details',
  status: 400,
  spec: 'rfc9396#section-5',
})
export const requestTooLarge = defineError({
  code: 'invalid_request',
  status: 413,
  spec: 'rfc9110#section-15.5.14',
})
export const invalidToken = defineError({
  code: 'invalid_token',
  status: 401,
  spec: 'rfc6750#section-3.1',
})
export const insufficientScope = defineError({
  code: 'insufficient_scope',
  status: 403,
  spec: 'rfc6750#section-3.1',
})
/** No authentication was tried, so no code is told: the challenge stands alone. */
export const missingToken = defineError({
  code: 'missing_token',
  status: 401,
  spec: 'rfc6750#section-3.1',
})
export const invalidDpopProof = defineError({
  code: 'invalid_dpop_proof',
  status: 400,
  spec: 'rfc9449#section-5',
})
/** @see invalidClient for everything else that is wrong with an attestation */
export const useFreshAttestation = defineError({
  code: 'use_fresh_attestation',
  status: 400,
  spec: 'draft-ietf-oauth-attestation-based-client-auth-10#section-7.4',
})
export const useAttestationChallenge = defineError({
  code: 'use_attestation_challenge',
  status: 400,
  spec: 'draft-ietf-oauth-attestation-based-client-auth-10#section-7.4',
})
export const useDpopNonce = defineError({
  code: 'use_dpop_nonce',
  status: 400,
  spec: 'rfc9449#section-8',
})
/** What a client that polls is told while nobody has answered, and when somebody has said no. */
export const authorizationPending = defineError({
  code: 'authorization_pending',
  status: 400,
  spec: 'rfc8628#section-3.5',
})
export const slowDown = defineError({
  code: 'slow_down',
  status: 400,
  spec: 'rfc8628#section-3.5',
})
export const expiredToken = defineError({
  code: 'expired_token',
  status: 400,
  spec: 'rfc8628#section-3.5',
})
export const authorizationDenied = defineError({
  code: 'access_denied',
  status: 400,
  spec: 'rfc8628#section-3.5',
})
export const invalidTarget = defineError({
  code: 'invalid_target',
  status: 400,
  spec: 'rfc8707#section-2',
})
export const unsupportedTokenType = defineError({
  code: 'unsupported_token_type',
  status: 400,
  spec: 'rfc7009#section-2.2.1',
})
export const tooManyRequests = defineError({
  code: 'temporarily_unavailable',
  status: 429,
  spec: 'rfc6585#section-4',
})
/** What a registration is refused with. */
export const invalidRedirectUri = defineError({
  code: 'invalid_redirect_uri',
  status: 400,
  spec: 'rfc7591#section-3.2.2',
})
export const invalidClientMetadata = defineError({
  code: 'invalid_client_metadata',
  status: 400,
  spec: 'rfc7591#section-3.2.2',
})
export const invalidSoftwareStatement = defineError({
  code: 'invalid_software_statement',
  status: 400,
  spec: 'rfc7591#section-3.2.2',
})
export const unapprovedSoftwareStatement = defineError({
  code: 'unapproved_software_statement',
  status: 400,
  spec: 'rfc7591#section-3.2.2',
})
