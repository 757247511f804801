import { expect, test } from 'vitest'
import { seconds } from '#shared/kernel/time.ts'
import type { ResourceServers } from '#shared/ports/repositories/resource-servers.ts'
import { anyClientId, anyEvent, anyResourceServer, anyTenantId } from './support/samples.ts'
import type { Subject } from './support/subject.ts'

export function resourceServersContract({ sound }: Subject<ResourceServers>): void {
  test('AP-40: a resource server that was never saved is absent', async () => {
    expect(await sound().find(anyTenantId(), 'https://api.example')).toBeUndefined()
  })

  test.each([
    ['with only what it must have', {}],
    [
      'with every optional value',
      {
        accessTokenFormat: 'opaque',
        accessTokenSigningAlg: 'ES256',
        accessTokenLifetime: seconds(60),
        introspectionClient: anyClientId(),
      },
    ],
  ] as const)('AP-41: a resource server %s is found as it was saved', async (_, more) => {
    const resource = anyResourceServer(more)
    await sound().save(resource, anyEvent())
    expect(await sound().find(resource.tenant, resource.identifier)).toEqual(resource)
  })

  test('AP-41: a resource server belongs to its tenant alone', async () => {
    const resource = anyResourceServer()
    await sound().save(resource, anyEvent())
    expect(await sound().find(anyTenantId(), resource.identifier)).toBeUndefined()
  })

  test.each([
    ['separators', 'https://api.example/#a b'],
    ['another spelling', 'HTTPS://api.example'],
    ['more bytes than a key may have', `https://api.example/${'x'.repeat(5000)}`],
  ])('AP-40: any identifier can be looked up: %s', async (_, identifier) => {
    expect(await sound().find(anyTenantId(), identifier)).toBeUndefined()
  })
}
