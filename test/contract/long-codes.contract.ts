import { expect, test } from 'vitest'
import type { LongCodes } from '#shared/ports/repositories/long-codes.ts'
import { anyAttempt, anyEvent, anyLongCode, anyTenantId } from './support/samples.ts'
import type { Subject } from './support/subject.ts'

export function longCodesContract(subject: Subject<LongCodes>): void {
  const { sound, losingAnAnswer } = subject

  test('AP-85 and AP-86: what a code left out is found with it, in its tenant alone', async () => {
    const code = anyLongCode()
    await sound().keep(code, anyAttempt(), anyEvent())
    expect(await sound().find(code.tenant, code.jti)).toEqual(code)
    expect(await sound().find(anyTenantId(), code.jti)).toBeUndefined()
  })

  test('AP-85: a retry after a lost answer keeps it once', async () => {
    const code = anyLongCode()
    await losingAnAnswer().keep(code, anyAttempt(), anyEvent())
    expect(await sound().find(code.tenant, code.jti)).toEqual(code)
  })
}
