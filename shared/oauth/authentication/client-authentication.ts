import type { X509Certificate } from 'node:crypto'
import { unverifiedClaim } from '#shared/jose/unverified-jwt.ts'
import type { ClientId } from '#shared/kernel/ids.ts'
import type { Parameters } from '#shared/kernel/parameters.ts'
import type { ProtocolError } from '#shared/kernel/protocol-error.ts'
import { Secret } from '#shared/kernel/secret.ts'
import { clientId } from '../client/client-id.ts'
import { invalidClient, invalidRequest } from '../errors.ts'
import { type DpopProof, parseDpopProof } from '../possession/dpop-proof.ts'
import { awsAssertionType } from '../trust/aws-identity.ts'
import { type ClientAttestation, parseClientAttestation } from './client-attestation.ts'
import { parseClientCertificate } from './client-certificate.ts'

/** What speaks of the client beside the parameters of its request; unverified. */
export interface ClientHeaders {
  readonly authorization?: string | undefined
  /** The header `OAuth-Client-Attestation`. */
  readonly attestation?: string | undefined
  /** The header `OAuth-Client-Attestation-PoP`. */
  readonly attestationProof?: string | undefined
  /** The header `DPoP`. */
  readonly dpop?: string | undefined
  /** The certificate of the connection. */
  readonly certificate?: string | undefined
}

/** The keys that a request claims to hold, whoever sends it; unverified. */
export interface PresentedKeys {
  readonly proof?: DpopProof
  readonly certificate?: X509Certificate
}

/** How a client says who it is; unverified. */
export type PresentedClient = PresentedKeys &
  (
    | { readonly method: 'client_secret_basic'; readonly id: ClientId; readonly secret: Secret }
    | { readonly method: 'client_secret_post'; readonly id: ClientId; readonly secret: Secret }
    | { readonly method: 'private_key_jwt'; readonly id: ClientId; readonly assertion: Secret }
    | {
        readonly method: 'attest_jwt_client_auth'
        readonly id: ClientId
        readonly attestation: ClientAttestation
      }
    /** By a request that a role of AWS has signed. */
    | { readonly method: 'workload_identity'; readonly id: ClientId; readonly assertion: Secret }
    /** Named by `client_id` alone: a public client, or one whose certificate proves it. */
    | { readonly method: 'none'; readonly id: ClientId }
  )

/** The parameters that a client authenticates by: they concern nobody but the endpoint that they are sent to. */
export const credentialParameters = ['client_secret', 'client_assertion', 'client_assertion_type']

/** Thumbprint of the key of the instance, of a client that an attester vouches for. */
export const instanceOf = (client: PresentedClient): string | undefined =>
  client.method === 'attest_jwt_client_auth' ? client.attestation.proof.jkt : undefined

/** @spec https://www.rfc-editor.org/rfc/rfc7523#section-2.2 */
export const jwtBearerAssertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/**
 * Reads who a client says it is, and the keys that it claims to hold.
 *
 * @throws ProtocolError `invalid_request`, `invalid_client` or `invalid_dpop_proof`
 */
export const parseClientAuthentication = (
  headers: ClientHeaders,
  parameters: Parameters,
): PresentedClient => ({
  ...parseMethod(headers, parameters),
  ...parsePresentedKeys(headers),
})

/**
 * Reads the keys that a request claims to hold.
 *
 * @throws ProtocolError `invalid_dpop_proof` or `invalid_client`
 */
export const parsePresentedKeys = ({ dpop, certificate }: ClientHeaders): PresentedKeys => ({
  ...(dpop !== undefined && { proof: parseDpopProof(dpop) }),
  ...(certificate !== undefined && { certificate: parseClientCertificate(certificate) }),
})

/**
 * Reads the one way in which a client authenticates; two ways at once are refused.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6749#section-2.3
 * @spec https://www.rfc-editor.org/rfc/rfc7521#section-4.2.1 the code, where an assertion is one of them
 */
function parseMethod(headers: ClientHeaders, parameters: Parameters): PresentedClient {
  const { authorization, attestation, attestationProof } = headers
  const presented = [
    authorization === undefined ? undefined : parseBasic(authorization),
    parsePost(parameters),
    parseAssertion(parameters),
    attestation === undefined ? undefined : parseAttestation(attestation, attestationProof),
  ].filter((way) => way !== undefined)
  const [way, ...others] = presented
  if (others.length > 0) throw moreThanOneWay(presented)
  const client = way ?? { method: 'none', id: namedClient(parameters) }
  const named = parameters.get('client_id')
  if (named !== undefined && named !== client.id) {
    throw invalidRequest('oauth/client/two-ids', 'client_id is not the client that authenticates')
  }
  return client
}

function moreThanOneWay(presented: readonly PresentedClient[]): ProtocolError {
  const refused = presented.some((way) => 'assertion' in way) ? invalidClient : invalidRequest
  return refused('oauth/client/two-ways', 'the client authenticates in more than one way')
}

/**
 * Reads HTTP Basic, whose two halves are form-encoded before they are joined.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1
 */
function parseBasic(authorization: string): PresentedClient {
  const [, encoded] = authorization.match(/^basic +([A-Za-z0-9+/]+=*)$/i) ?? []
  const [, name, secret] =
    encoded === undefined
      ? []
      : (Buffer.from(encoded, 'base64')
          .toString('utf8')
          .match(/^([^:]*):(.*)$/s) ?? [])
  const id = name === undefined ? undefined : clientId(formDecoded(name) ?? '')
  const revealed = secret === undefined ? undefined : formDecoded(secret)
  if (id === undefined || revealed === undefined) {
    throw invalidClient('oauth/client/basic', 'the Authorization header is malformed')
  }
  return { method: 'client_secret_basic', id, secret: new Secret(revealed) }
}

function formDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return undefined
  }
}

function parsePost(parameters: Parameters): PresentedClient | undefined {
  const secret = parameters.get('client_secret')
  if (secret === undefined) return undefined
  const id = namedClient(parameters)
  return { method: 'client_secret_post', id, secret: new Secret(secret) }
}

function parseAssertion(parameters: Parameters): PresentedClient | undefined {
  const assertion = parameters.get('client_assertion')
  const type = parameters.get('client_assertion_type')
  if (assertion === undefined && type === undefined) return undefined
  if (assertion !== undefined && type === awsAssertionType) {
    const id = namedClient(parameters)
    return { method: 'workload_identity', id, assertion: new Secret(assertion) }
  }
  if (assertion === undefined || type !== jwtBearerAssertionType) {
    throw invalidRequest('oauth/client/assertion-type', 'client_assertion_type is not supported')
  }
  const id = clientId(parameters.get('client_id') ?? unverifiedClaim(assertion, 'sub') ?? '')
  if (id === undefined) {
    throw invalidClient('oauth/client/assertion-subject', 'client_assertion names no client')
  }
  return { method: 'private_key_jwt', id, assertion: new Secret(assertion) }
}

function parseAttestation(attestation: string, proof: string | undefined): PresentedClient {
  return { method: 'attest_jwt_client_auth', ...parseClientAttestation(attestation, proof) }
}

function namedClient(parameters: Parameters): ClientId {
  const id = clientId(parameters.get('client_id') ?? '')
  if (id !== undefined) return id
  throw invalidClient('oauth/client/unnamed', 'the request names no client')
}
