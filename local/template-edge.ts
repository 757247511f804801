import { z } from 'zod'
import { type Declared, ofType } from './template-resources.ts'
import { TemplateError } from './template-world.ts'

export interface LocalRoute {
  readonly method: string
  /** As the API declares it, such as `/{tenant}/oauth2/token`. */
  readonly path: string
  readonly functionName: string
}

const routeSchema = z.object({ RouteKey: z.string(), Target: z.string() })
const integrationSchema = z.object({ IntegrationUri: z.string() })

/** The function that an ARN, of an alias or within an invocation path, belongs to. */
export const functionReferredTo = (uri: string): string | undefined =>
  /:function:([\w-]+)/.exec(uri)?.[1]

/** What `Ref` of a function answers -> its `Description`. */
export const functionNamesByRef = (all: readonly Declared[]): ReadonlyMap<string, string> =>
  new Map(
    ofType(all, 'AWS::Lambda::Function').map((each) => [
      each.ref(),
      each.read(z.object({ Description: z.string() })).Description,
    ]),
  )

/** Follows each route through its integration to the function's `Description`. */
export function readRoutes(all: readonly Declared[]): readonly LocalRoute[] {
  const integrations = new Map(
    ofType(all, 'AWS::ApiGatewayV2::Integration').map((each) => [
      `integrations/${each.ref()}`,
      functionReferredTo(each.read(integrationSchema).IntegrationUri),
    ]),
  )
  const functionNames = functionNamesByRef(all)
  return ofType(all, 'AWS::ApiGatewayV2::Route').map((each) => {
    const { RouteKey, Target } = each.read(routeSchema)
    const [method = '', path = method] = RouteKey.split(' ')
    const functionName = functionNames.get(integrations.get(Target) ?? '')
    if (!functionName) throw new TemplateError(each.path, `${Target} leads to no function`)
    return { method, path, functionName }
  })
}

const distributionSchema = z.object({
  DistributionConfig: z.object({
    ViewerMtlsConfig: z.object({ Mode: z.literal('passthrough') }).optional(),
    Origins: z.array(
      z.object({
        OriginCustomHeaders: z
          .array(z.object({ HeaderName: z.string(), HeaderValue: z.string() }))
          .default([]),
      }),
    ),
  }),
})

interface LocalEdges {
  /** The headers that CloudFront adds to what it sends to the API. */
  readonly edgeHeaders: Readonly<Record<string, string>>
  /** Those of the distribution that asks viewers for certificates, where there is one. */
  readonly mtlsEdgeHeaders: Readonly<Record<string, string>> | undefined
}

export function readEdges(all: readonly Declared[]): LocalEdges {
  const edges = ofType(all, 'AWS::CloudFront::Distribution').map((each) => {
    const { Origins, ViewerMtlsConfig } = each.read(distributionSchema).DistributionConfig
    const added = Origins.flatMap(({ OriginCustomHeaders }) => OriginCustomHeaders)
    const headers = added.map(({ HeaderName, HeaderValue }) => [HeaderName, HeaderValue] as const)
    return { isMtls: ViewerMtlsConfig !== undefined, headers: Object.fromEntries(headers) }
  })
  return {
    edgeHeaders: edges.find(({ isMtls }) => !isMtls)?.headers ?? {},
    mtlsEdgeHeaders: edges.find(({ isMtls }) => isMtls)?.headers,
  }
}

const stageSchema = z.object({
  AccessLogSettings: z.object({ Format: z.string() }).optional(),
})

/** How the API writes a line of its access log; `undefined` when it writes none. */
export const readAccessLogFormat = (all: readonly Declared[]): string | undefined =>
  ofType(all, 'AWS::ApiGatewayV2::Stage').map(
    (each) => each.read(stageSchema).AccessLogSettings?.Format,
  )[0]
