import { expect, test } from 'vitest'
import { parseOptions } from './options.ts'

test('without flags it measures in full and writes no file', () => {
  expect(parseOptions([])).toEqual({
    json: undefined,
    record: false,
    rounds: 15,
    tenants: 100_000,
  })
})

test('every flag is read', () => {
  const args = ['--json', 'out.json', '--rounds', '3', '--tenants', '0', '--record']
  expect(parseOptions(args)).toEqual({ json: 'out.json', record: true, rounds: 3, tenants: 0 })
  expect(parseOptions(['--help'])).toBe('help')
})

test.each([
  [['--rounds', '0']],
  [['--rounds', 'many']],
  [['--tenants', '-1']],
  [['--fast']],
  [['x']],
])('%j is refused', (args) => {
  expect(() => parseOptions(args)).toThrow(TypeError)
})
