import { dpopAlgorithms } from '#shared/oauth/possession/dpop-algorithms.ts'
import { ownResourceMetadataUrl } from '#shared/oauth/token/protected-resource.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import type { Scene } from '../endpoint.ts'
import { type HttpResponse, noStore } from '../http-response.ts'
import { withInteractionId } from '../interaction-id.ts'
import { type Refusal, retryAfter } from '../refusal.ts'

const schemes = ['Bearer', 'DPoP'] as const

type Scheme = (typeof schemes)[number]

/** What a proof lacks is told as 401 here, and as 400 where tokens are issued. */
const ofProofs = new Set(['invalid_dpop_proof', 'use_dpop_nonce'])

/**
 * A refusal as a protected resource tells it: in `WWW-Authenticate`, and in the body for people.
 *
 * Without a token there is no error to tell, only that one is wanted.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6750#section-3
 * @spec https://www.rfc-editor.org/rfc/rfc9449#section-7.1
 * @spec https://www.rfc-editor.org/rfc/rfc9728#section-5.1
 */
export const bearerChallenge = (refusal: Refusal, scene: Scene): HttpResponse =>
  withInteractionId(rendered(refusal, scene), scene)

function rendered(refusal: Refusal, { request, tenant }: Scene): HttpResponse {
  const isBare = refusal.code === 'missing_token'
  const isDpop = /^dpop\b/i.test(request.header('authorization') ?? '')
  const used = isDpop ? 'DPoP' : 'Bearer'
  const challenges = schemes.map((scheme) =>
    challenge(scheme, tenant, isBare || scheme !== used ? undefined : refusal),
  )
  const body = { error: refusal.code, error_description: refusal.description }
  const status = ofProofs.has(refusal.code) ? 401 : refusal.status
  return {
    status,
    headers: {
      ...noStore,
      ...retryAfter(refusal),
      'content-type': 'application/json',
      ...(status < 500 ? { 'www-authenticate': challenges.join(', ') } : {}),
    },
    body: isBare ? '' : JSON.stringify(body),
  }
}

/** A challenge must carry one parameter at least. */
function challenge(
  scheme: Scheme,
  tenant: Tenant | undefined,
  refusal: Refusal | undefined,
): string {
  const parameters = [
    'realm="sallyport"',
    ...(refusal ? [`error="${refusal.code}"`, `error_description="${refusal.description}"`] : []),
    ...(tenant ? [`resource_metadata="${ownResourceMetadataUrl(tenant.issuer)}"`] : []),
    ...(scheme === 'DPoP' && tenant ? [`algs="${dpopAlgorithms(tenant).join(' ')}"`] : []),
  ]
  return `${scheme} ${parameters.join(', ')}`
}
