import { execFile } from 'node:child_process'
import { expect, inject, test } from 'vitest'
import { twin } from '../support/twin-tenant.ts'

const origin = inject('clockedOrigin')

/** Runs `npm run rotate`; answers its exit code and all that it printed. */
function rotate(...args: readonly string[]) {
  return new Promise<{ code: unknown; printed: string }>((resolve) => {
    execFile(process.execPath, ['tools/rotate.ts', ...args], (error, output, errors) =>
      resolve({ code: error?.code ?? 0, printed: `${output}${errors}`.trim() }),
    )
  })
}

const kidOf = (state: string, printed: string): string =>
  new RegExp(`^(\\S+) is ${state} in`, 'm').exec(printed)?.[1] ?? ''

test('npm run rotate: a compromised key is replaced at once, and the others are told', async () => {
  const begun = await rotate('--url', origin, '--tenant', twin)
  expect(begun).toMatchObject({
    code: 0,
    printed: expect.stringMatching(/is pending in kms-wrapped/),
  })
  const [lost, next] = [kidOf('active', begun.printed), kidOf('pending', begun.printed)]
  const { printed } = await rotate('--url', origin, '--tenant', twin, '--compromised', lost)
  expect(printed.split('\n')).toEqual(
    expect.arrayContaining([
      `key-activated ${next}`,
      `key-replaced ${lost}`,
      `key-retired ${lost}`,
      `${next} is active in kms-wrapped for RS256`,
    ]),
  )
  const published = await (await fetch(`${origin}/${twin}/oauth2/jwks`)).text()
  expect(published).toContain(next)
  expect(published).not.toContain(lost)
})

test.each([
  [['--tenant', 'nobody'], 'there is no tenant nobody'],
  [['--compromised', 'k'], '--tenant ID is missing'],
  [['--hasty'], '--tenant ID is missing'],
  [['--colour', 'blue'], 'unknown flag'],
])('npm run rotate: %j is refused with exit code 2', async (args, message) => {
  expect(await rotate('--url', origin, ...args)).toMatchObject({
    code: 2,
    printed: expect.stringContaining(message),
  })
})
