import { format, inspect } from 'node:util'
import { expect, test } from 'vitest'
import { Secret } from './secret.ts'

const secret = new Secret('hunter2')

test.each([
  ['a template', `${secret}`],
  ['a sum', `x${String(secret)}`],
  ['JSON', JSON.stringify({ secret })],
  ['the inspector', inspect({ secret }, { showHidden: true, depth: 9 })],
  ['the console', format('%s %o %j', secret, secret, secret)],
  [
    'its own members',
    JSON.stringify([Object.entries(secret), Reflect.ownKeys(secret).map(String)]),
  ],
  ['a copy', JSON.stringify({ ...secret })],
  ['a clone', inspect(structuredClone({ ...secret }))],
])('a secret is not printed by %s', (_, printed) => {
  expect(printed).not.toContain('hunter2')
})

test('a secret is told to whoever asks for it by name', () => {
  expect(secret.reveal()).toBe('hunter2')
})
