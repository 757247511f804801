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
    Origins: z.array(
      z.object({
        OriginCustomHeaders: z
          .array(z.object({ HeaderName: z.string(), HeaderValue: z.string() }))
          .default([]),
      }),
    ),
  }),
})

/** The headers that CloudFront adds to what it sends to the API. */
export function readEdgeHeaders(all: readonly Declared[]): Readonly<Record<string, string>> {
  const headers = ofType(all, 'AWS::CloudFront::Distribution')
    .flatMap((each) => each.read(distributionSchema).DistributionConfig.Origins)
    .flatMap(({ OriginCustomHeaders }) => OriginCustomHeaders)
  return Object.fromEntries(headers.map(({ HeaderName, HeaderValue }) => [HeaderName, HeaderValue]))
}

const stageSchema = z.object({
  AccessLogSettings: z.object({ Format: z.string() }).optional(),
})

/** How the API writes a line of its access log; `undefined` when it writes none. */
export const readAccessLogFormat = (all: readonly Declared[]): string | undefined =>
  ofType(all, 'AWS::ApiGatewayV2::Stage').map(
    (each) => each.read(stageSchema).AccessLogSettings?.Format,
  )[0]
