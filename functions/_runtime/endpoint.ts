import middy from '@middy/core'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { unknownTenant } from '#shared/tenant/errors.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { tenantId } from '#shared/tenant/tenant-id.ts'
import { logRequest } from './access-log.ts'
import { tenants } from './deps/tenants.ts'
import { type HttpRequest, readRequest } from './http-request.ts'
import { type HttpResponse, toResult } from './http-response.ts'
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
}

/** Makes the Lambda handler of an endpoint; the only place that catches what the rules throw. */
export const endpoint = <Input, Output>(definition: Endpoint<Input, Output>) =>
  middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>().handler(async (event) => {
    const request = readRequest(event)
    const startedAt = performance.now()
    const { response, refusal } = await answer(definition, request)
    logRequest(definition.name, request, { status: response.status, refusal, startedAt })
    return toResult(response)
  })

async function answer<Input, Output>(
  definition: Endpoint<Input, Output>,
  request: HttpRequest,
): Promise<{ readonly response: HttpResponse; readonly refusal?: Refusal }> {
  let tenant: Tenant | undefined
  try {
    verifyOriginSecret(request)
    tenant = await findTenant(request.tenant)
    const output = await definition.run(tenant, definition.parse(request))
    return { response: definition.respond(output, { request, tenant }) }
  } catch (thrown) {
    const refusal = refusalOf(thrown)
    return { response: definition.errors(refusal, { request, tenant }), refusal }
  }
}

/** @throws ProtocolError 404 */
async function findTenant(segment: string): Promise<Tenant> {
  const id = tenantId(segment)
  const tenant = id === undefined ? undefined : await tenants.find(id)
  if (tenant !== undefined) return tenant
  throw unknownTenant('tenant/unknown', 'there is no such tenant')
}
