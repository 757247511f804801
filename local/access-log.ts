/** What is known of a request when its answer has gone. */
export interface AccessFacts {
  readonly requestId: string
  readonly method: string
  readonly path: string
  readonly routeKey: string
  readonly status: number
  readonly responseBytes: number
  readonly sourceAddress: string
  readonly time: Date
}

/** The variables that our format asks for; what is not known here is `-`, as it is on AWS. */
const variablesOf = (facts: AccessFacts): Readonly<Record<string, string>> => ({
  requestId: facts.requestId,
  requestTime: facts.time.toISOString(),
  'identity.sourceIp': facts.sourceAddress,
  httpMethod: facts.method,
  path: facts.path,
  routeKey: facts.routeKey,
  status: String(facts.status),
  responseLength: String(facts.responseBytes),
})

/**
 * Renders a line of the access log in the format that the template gives the stage.
 *
 * @spec https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
 */
export function renderAccess(format: string, facts: AccessFacts): string {
  const variables = variablesOf(facts)
  return format.replaceAll(/\$context\.([\w.]+)/g, (_, name: string) => variables[name] ?? '-')
}
