import { expect, test } from 'vitest'
import { routeKeyOf, selectRoute } from './routes.ts'

const routes = [
  { method: 'GET', path: '/{tenant}/pets/{id}', functionName: 'one' },
  { method: 'GET', path: '/{tenant}/pets/new', functionName: 'new' },
  { method: 'ANY', path: '/{tenant}/pets/new', functionName: 'any-new' },
  { method: 'GET', path: '/{tenant}/{proxy+}', functionName: 'greedy' },
]
const nameOf = (method: string, path: string, from = routes) =>
  selectRoute(from, method, path)?.route.functionName

test('API Gateway: a fixed segment goes before a variable one', () => {
  expect(nameOf('GET', '/acme/pets/new')).toBe('new')
  expect(nameOf('GET', '/acme/pets/7')).toBe('one')
})

test('API Gateway: ANY takes the methods that have no route of their own', () => {
  expect(nameOf('DELETE', '/acme/pets/new')).toBe('any-new')
  expect(nameOf('DELETE', '/acme/pets/7')).toBeUndefined()
})

test('API Gateway: a full match goes before a greedy one, which catches all that is below', () => {
  expect(selectRoute(routes, 'GET', '/acme/a/b/c')).toMatchObject({
    route: { functionName: 'greedy' },
    pathParameters: { tenant: 'acme', proxy: 'a/b/c' },
  })
})

test('API Gateway: a variable takes exactly one segment, and not an empty one', () => {
  expect(nameOf('GET', '//pets/7')).toBeUndefined()
  expect(nameOf('GET', '/acme')).toBeUndefined()
  expect(nameOf('GET', '/acme/pets/7/', routes.slice(0, 3))).toBeUndefined()
})

test('API Gateway: $default takes what no other route takes', () => {
  const more = [...routes, { method: 'ANY', path: '$default', functionName: 'rest' }]
  expect(nameOf('POST', '/', more)).toBe('rest')
  expect(nameOf('GET', '/acme/pets/new', more)).toBe('new')
})

test('API Gateway: the route key names method and path', () => {
  expect(routes.slice(0, 1).map(routeKeyOf)).toEqual(['GET /{tenant}/pets/{id}'])
  expect(routeKeyOf({ method: 'ANY', path: '$default', functionName: 'rest' })).toBe('$default')
})
