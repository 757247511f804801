import type { LocalRoute } from './template.ts'

export interface RouteMatch {
  readonly route: LocalRoute
  readonly pathParameters: Readonly<Record<string, string>>
}

const defaultRoute = '$default'

/**
 * Picks the route of an HTTP API: the full match before the greedy one, `$default` last.
 *
 * A fixed segment goes before a variable one, and a route's own method before `ANY`.
 *
 * @spec https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html#http-api-develop-routes.evaluation
 * @param path already percent-decoded, as the real gateway routes it
 */
export function selectRoute(
  routes: readonly LocalRoute[],
  method: string,
  path: string,
): RouteMatch | undefined {
  return routes
    .filter((route) => route.method === method || route.method === 'ANY' || isDefault(route))
    .flatMap((route) => {
      const pathParameters = isDefault(route) ? {} : matchPath(route.path, path)
      return pathParameters ? [{ route, pathParameters }] : []
    })
    .toSorted((left, right) => rankOf(left.route).localeCompare(rankOf(right.route)))[0]
}

/** The key that API Gateway shows to the function, such as `GET /{tenant}/oauth2/jwks`. */
export const routeKeyOf = (route: LocalRoute): string =>
  isDefault(route) ? defaultRoute : `${route.method} ${route.path}`

const isDefault = (route: LocalRoute): boolean =>
  route.path === defaultRoute || route.method === defaultRoute

function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const patternSegments = pattern.split('/')
  const segments = path.split('/')
  const parameters: Record<string, string> = {}
  for (const [index, patternSegment] of patternSegments.entries()) {
    const name = variableName(patternSegment)
    const isGreedy = patternSegment.endsWith('+}')
    const value = isGreedy ? segments.slice(index).join('/') : segments[index]
    if (value === undefined) return undefined
    if (name === undefined) {
      if (value !== patternSegment) return undefined
      continue
    }
    if (value === '') return undefined
    parameters[name] = value
    if (isGreedy) return parameters
  }
  return segments.length === patternSegments.length ? parameters : undefined
}

const variableName = (segment: string): string | undefined => /^\{([^}+]+)\+?\}$/.exec(segment)?.[1]

/** One digit a segment, then one for the method; the smaller text is the better match. */
function rankOf(route: LocalRoute): string {
  if (isDefault(route)) return '9'
  const segments = route.path.split('/').map((segment) => {
    if (variableName(segment) === undefined) return '0'
    return segment.endsWith('+}') ? '2' : '1'
  })
  return `${segments.join('')}${route.method === 'ANY' ? '1' : '0'}`
}
