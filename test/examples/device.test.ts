import { expect, test } from 'vitest'
import { Browser } from '../../tools/smoke/browser.ts'
import { submit } from '../../tools/smoke/page-form.ts'
import { origin, printed, signIn, start } from './example.ts'

test('the device shows a code, and greets who has allowed it elsewhere', async () => {
  const app = start('device.ts')
  const phone = new Browser(origin)
  const page = await signIn(await printed(app, 'Or scan:'), phone)
  const asked = await submit(phone, page, { user_code: page.field('user_code') ?? '' })
  await submit(phone, asked, { allow: 'yes' })
  expect((await app.ended).stdout).toContain('Hello, Ada Lovelace')
})
