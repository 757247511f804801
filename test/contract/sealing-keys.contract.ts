import { expect, test } from 'vitest'
import { epochSeconds } from '#shared/kernel/time.ts'
import type { SealingKeys } from '#shared/ports/repositories/sealing-keys.ts'
import { anyEvent, anySealingKey, now } from './support/samples.ts'
import type { Subject } from './support/subject.ts'

const event = anyEvent({ activity: 'key-created' })

export function sealingKeysContract({ sound, losingAnAnswer }: Subject<SealingKeys>): void {
  test('AP-27: the keys of a kind are listed, newest first, and no other kind', async () => {
    const older = anySealingKey({ createdAt: now })
    const newer = anySealingKey({ createdAt: epochSeconds(now + 1) })
    await sound().create(older, event)
    await losingAnAnswer().create(newer, event)
    expect(await sound().list('code')).toEqual([newer, older])
    expect(await sound().list('interaction')).toEqual([])
  })

  test('AP-28: a key that is there is not replaced', async () => {
    const key = anySealingKey({ kind: 'refresh' })
    await sound().create(key, event)
    await sound().create({ ...key, wrapped: Uint8Array.of(9) }, event)
    expect(await sound().list('refresh')).toEqual([key])
  })

  test('AP-33: a retired key is listed no more, and retiring it again changes nothing', async () => {
    const key = anySealingKey({ kind: 'handle' })
    await sound().create(key, event)
    await losingAnAnswer().retire(key, now, event)
    await sound().retire(key, epochSeconds(now + 9), event)
    expect(await sound().list('handle')).toEqual([])
  })
}
