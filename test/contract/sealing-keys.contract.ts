import { expect, test } from 'vitest'
import { epochSeconds } from '#shared/kernel/time.ts'
import type { SealingKeys } from '#shared/ports/repositories/sealing-keys.ts'
import { anySealingKey, now } from './support/samples.ts'
import type { Subject } from './support/subject.ts'

export function sealingKeysContract({ sound, losingAnAnswer }: Subject<SealingKeys>): void {
  test('AP-27: the keys of a kind are listed, newest first, and no other kind', async () => {
    const older = anySealingKey({ createdAt: now })
    const newer = anySealingKey({ createdAt: epochSeconds(now + 1) })
    await sound().create(older)
    await losingAnAnswer().create(newer)
    expect(await sound().list('code')).toEqual([newer, older])
    expect(await sound().list('interaction')).toEqual([])
  })

  test('AP-28: a key that is there is not replaced', async () => {
    const key = anySealingKey({ kind: 'refresh' })
    await sound().create(key)
    await sound().create({ ...key, wrapped: Uint8Array.of(9) })
    expect(await sound().list('refresh')).toEqual([key])
  })
}
