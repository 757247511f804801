import { expect, test } from 'vitest'
import { runCheck, tallyOf } from './ci-check.ts'
import { renderTally } from './tally.ts'

const nothing = { passed: 0, failed: 0, skipped: 0 }

test('a command whose exit code is its result counts as one test', () => {
  expect(tallyOf('one', { succeeded: true, output: '' })).toEqual({ ...nothing, passed: 1 })
  expect(tallyOf('one', { succeeded: false, output: '' })).toEqual({ ...nothing, failed: 1 })
})

test('a runner that counts is believed', () => {
  const tally = { passed: 7, failed: 1, skipped: 2 }
  expect(tallyOf('tests', { succeeded: false, output: renderTally(tally) })).toEqual(tally)
})

test.each([
  ['dies without a tally', false, 'Segmentation fault', { ...nothing, failed: 1 }],
  ['ends well without a tally', true, 'done', { ...nothing, failed: 1 }],
  [
    'fails although it counted no failure',
    false,
    renderTally({ ...nothing, passed: 3 }),
    { ...nothing, passed: 3, failed: 1 },
  ],
])('a runner that %s has failed', (_, succeeded, output, tally) => {
  expect(tallyOf('tests', { succeeded, output })).toEqual(tally)
})

test('a check whose tool is missing is skipped, not passed', async () => {
  const check = { name: 'x', command: ['true'], counts: 'one', needs: 'no/such/file' } as const
  expect(await runCheck(check)).toEqual({ ...nothing, skipped: 1 })
})

test('a command that cannot be started has failed', async () => {
  const check = { name: 'x', command: ['no-such-command'], counts: 'one' } as const
  expect(await runCheck(check)).toEqual({ ...nothing, failed: 1 })
})
