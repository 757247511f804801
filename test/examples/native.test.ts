import { expect, test } from 'vitest'
import { printed, signIn, start } from './example.ts'

test('the native app hears the answer on a loopback port of its own', async () => {
  const app = start('native.ts')
  const answer = await signIn(await printed(app, 'Open in a browser:'))
  expect(await (await fetch(answer.url)).text()).toBe('You may close this window.')
  expect((await app.ended).stdout).toContain('Hello, Ada Lovelace')
})
