import middy from '@middy/core'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import type { MetricName } from '#shared/metrics/metric.ts'
import { unknownTenant } from '#shared/tenant/errors.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { tenantId } from '#shared/tenant/tenant-id.ts'
import { logRequest } from './access-log.ts'
import { readableAcrossOrigins } from './cross-origin.ts'
import { tenants } from './deps/tenants.ts'
import { type HttpRequest, readRequest } from './http-request.ts'
import { type HttpResponse, toResult } from './http-response.ts'
import { interactionIdHeader } from './interaction-id.ts'
import { verifyOriginSecret } from './origin-secret.ts'
import { type Refusal, refusalOf } from './refusal.ts'

/** What an answer is rendered with. */
export interface Scene {
  readonly request: HttpRequest
  /** Absent only in a refusal that came before the tenant was known. */
  readonly tenant: Tenant | undefined
}

/** An endpoint is these four steps; all that differs between endpoints is here. */
export interface Endpoint<Input, Output> {
  readonly name: string
  readonly parse: (request: HttpRequest) => Input
  readonly run: (tenant: Tenant, input: Input) => Promise<Output>
  readonly respond: (output: Output, scene: Scene & { readonly tenant: Tenant }) => HttpResponse
  readonly errors: (refusal: Refusal, scene: Scene) => HttpResponse
  /** What of the outcome is counted. */
  readonly counts?: (output: Output) => readonly MetricName[]
  /** Makes a nonce for the proofs of possession of clients; absent where no proofs are taken. */
  readonly proofNonce?: (tenant: Tenant) => Promise<string | undefined>
  /** True where the scripts of pages call: an application in the browser may read every answer. */
  readonly isForPages?: true
}

/** Makes the Lambda handler of an endpoint; the only place that catches what the rules throw. */
export const endpoint = <Input, Output>(definition: Endpoint<Input, Output>) =>
  middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>().handler(async (event) => {
    const request = readRequest(event)
    const startedAt = performance.now()
    const { response, refusal, counts = [] } = await answer(definition, request)
    const { status, headers } = response
    const interactionId = headers[interactionIdHeader]
    logRequest(definition.name, request, { status, refusal, startedAt, counts, interactionId })
    return toResult(definition.isForPages ? readableAcrossOrigins(response) : response)
  })

interface Answered {
  readonly response: HttpResponse
  readonly refusal?: Refusal
  readonly counts?: readonly MetricName[]
}

async function answer<Input, Output>(
  definition: Endpoint<Input, Output>,
  request: HttpRequest,
): Promise<Answered> {
  let tenant: Tenant | undefined
  try {
    verifyOriginSecret(request)
    tenant = await findTenant(request.tenant)
    const output = await definition.run(tenant, definition.parse(request))
    const response = definition.respond(output, { request, tenant })
    const counts = definition.counts?.(output) ?? []
    return { response: await offeringNonce(definition, { request, tenant }, response), counts }
  } catch (thrown) {
    const refusal = refusalOf(thrown)
    const response = definition.errors(refusal, { request, tenant })
    return { response: await offeringNonce(definition, { request, tenant }, response), refusal }
  }
}

/** The header that proves something, and the one that brings the nonce for the next proof. */
const nonceHeaders = {
  dpop: 'dpop-nonce',
  'oauth-client-attestation': 'oauth-client-attestation-challenge',
} as const

/**
 * Adds a nonce to every answer to a proof, for the next one, where the tenant demands nonces.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9449#section-8.2
 * @spec https://datatracker.ietf.org/doc/html/draft-ietf-oauth-attestation-based-client-auth-10#section-6.2
 */
async function offeringNonce(
  { proofNonce }: Pick<Endpoint<unknown, unknown>, 'proofNonce'>,
  { request, tenant }: Scene,
  response: HttpResponse,
): Promise<HttpResponse> {
  const wanted = Object.entries(nonceHeaders).filter(
    ([proof]) => request.header(proof) !== undefined,
  )
  if (!proofNonce || !tenant || wanted.length === 0) return response
  // What is done is done: an answer without a nonce is better than none.
  const nonce = await proofNonce(tenant).catch(() => undefined)
  if (nonce === undefined) return response
  const nonces = Object.fromEntries(wanted.map(([, header]) => [header, nonce]))
  return { ...response, headers: { ...response.headers, ...nonces } }
}

/** @throws ProtocolError 404 */
async function findTenant(segment: string): Promise<Tenant> {
  const id = tenantId(segment)
  const tenant = id === undefined ? undefined : await tenants.find(id)
  if (tenant !== undefined) return tenant
  throw unknownTenant('tenant/unknown', 'there is no such tenant')
}
