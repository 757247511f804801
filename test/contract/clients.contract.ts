import { expect, test } from 'vitest'
import { type ClientId, trusted } from '#shared/kernel/ids.ts'
import { seconds } from '#shared/kernel/time.ts'
import type { Clients } from '#shared/ports/repositories/clients.ts'
import { anyClient, anyClientId, anyEvent, anyTenantId } from './support/samples.ts'
import type { Subject } from './support/subject.ts'

export function clientsContract({ sound }: Subject<Clients>): void {
  test('AP-03: a client that was never saved is absent', async () => {
    expect(await sound().find(anyTenantId(), anyClientId())).toBeUndefined()
  })

  test.each([
    ['with only what it must have', {}],
    ['with every optional value', { defaultMaxAge: seconds(60), clientUri: 'https://app.example' }],
  ])('AP-04: a client %s is found as it was saved', async (_, more) => {
    const client = anyClient(more)
    await sound().save(client, anyEvent())
    expect(await sound().find(client.tenant, client.id)).toEqual(client)
  })

  test('AP-04: a client belongs to its tenant alone', async () => {
    const client = anyClient()
    await sound().save(client, anyEvent())
    expect(await sound().find(anyTenantId(), client.id)).toBeUndefined()
  })

  test.each([
    ['separators', 'a#b/c d'],
    ['lone surrogates', '\ud800'],
    ['more bytes than a key may have', 'x'.repeat(5000)],
  ])('AP-03: any client_id can be looked up: %s', async (_, text) => {
    expect(await sound().find(anyTenantId(), trusted<ClientId>(text))).toBeUndefined()
  })
}
