import type { ClientHeaders } from '#shared/oauth/authentication/client-authentication.ts'
import type { HttpRequest } from '../http-request.ts'

/** Everything but the parameters that speaks of the client; unverified. */
export const clientHeaders = (request: HttpRequest): ClientHeaders => ({
  authorization: request.header('authorization'),
  attestation: request.header('oauth-client-attestation'),
  attestationProof: request.header('oauth-client-attestation-pop'),
  dpop: request.header('dpop'),
  certificate: request.clientCertificate,
})
