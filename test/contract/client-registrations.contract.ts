import { expect, test } from 'vitest'
import type { ClientRegistrations } from '#shared/ports/repositories/client-registrations.ts'
import type { Clients } from '#shared/ports/repositories/clients.ts'
import { anyAttempt, anyClient, anyEvent, now } from './support/samples.ts'
import type { Subject } from './support/subject.ts'

export function clientRegistrationsContract(
  { sound, losingAnAnswer }: Subject<ClientRegistrations>,
  clients: () => Clients,
): void {
  const registered = async (more: Parameters<typeof anyClient>[0] = {}) => {
    const client = anyClient({ dynamicRegistration: { tokenHash: 'h', issuedAt: now }, ...more })
    await sound().register(client, anyAttempt(), anyEvent())
    return client
  }

  test('AP-90: what has registered is a client', async () => {
    const client = await registered()
    expect(await clients().find(client.tenant, client.id)).toEqual(client)
  })

  test('AP-91: a client is replaced as a whole', async () => {
    const client = await registered({ clientUri: 'https://app.example' })
    const { clientUri: _, ...changed } = { ...client, name: 'Other' }
    expect(await sound().replace(changed, anyAttempt(), anyEvent())).toBe('replaced')
    expect(await clients().find(client.tenant, client.id)).toEqual(changed)
  })

  test('AP-91: a client that was never there is not made by a change', async () => {
    const client = anyClient()
    expect(await sound().replace(client, anyAttempt(), anyEvent())).toBe('gone')
    expect(await clients().find(client.tenant, client.id)).toBeUndefined()
  })

  test('rfc7592 section 2.3: a removed client is gone, and no change brings it back', async () => {
    const client = await registered()
    await sound().remove(client.tenant, client.id, now, anyAttempt(), anyEvent())
    expect(await clients().find(client.tenant, client.id)).toBeUndefined()
    expect(await sound().replace(client, anyAttempt(), anyEvent())).toBe('gone')
    expect(await clients().find(client.tenant, client.id)).toBeUndefined()
  })

  test('AP-90, AP-91 and AP-92: a retry after a lost answer succeeds', async () => {
    const client = anyClient()
    await losingAnAnswer().register(client, anyAttempt(), anyEvent())
    expect(await losingAnAnswer().replace(client, anyAttempt(), anyEvent())).toBe('replaced')
    await losingAnAnswer().remove(client.tenant, client.id, now, anyAttempt(), anyEvent())
    expect(await clients().find(client.tenant, client.id)).toBeUndefined()
  })
}
