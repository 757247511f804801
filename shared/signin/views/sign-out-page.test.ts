import { expect, test } from 'vitest'
import type { PageContext } from './page.ts'
import { signOutPage } from './sign-out-page.ts'
import { signedOutPage } from './signed-out-page.ts'

const context: PageContext = { tenantName: 'Acme', locale: 'en' }
const facts = { action: '/acme/oauth2/logout', hidden: { state: 'a"b', interaction: 'sealed' } }

test('rp-initiated logout section 2: the user is asked, and one button confirms', () => {
  const { html } = signOutPage(context, facts)
  expect(html).toContain('<button class="primary" name="confirm" value="yes">Sign out</button>')
})

test('what the request said goes through the form unchanged', () => {
  const { html } = signOutPage(context, facts)
  expect(html).toContain('<input type="hidden" name="state" value="a&quot;b">')
  expect(html).toContain('<input type="hidden" name="interaction" value="sealed">')
})

test('the page says which client asks, where that is known', () => {
  const { html } = signOutPage(context, { ...facts, clientName: 'Photos' })
  expect(html).toContain('<bdi>Photos</bdi></strong> asks to end your session')
  expect(signOutPage(context, facts).html).toContain('This ends your session at')
})

test('after signing out the page says so and offers no form', () => {
  const { html } = signedOutPage(context, { clientName: 'Photos' })
  expect(html).toContain('<h1>You are signed out</h1>')
  expect(html).toContain('go back to <strong><bdi>Photos</bdi></strong>')
  expect(html).not.toContain('<form')
  expect(signedOutPage(context, {}).html).toContain('You can close this page.')
})
