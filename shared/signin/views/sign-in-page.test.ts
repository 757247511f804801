import { expect, test } from 'vitest'
import type { PageContext } from './page.ts'
import { signInPage } from './sign-in-page.ts'

const context: PageContext = { tenantName: 'Acme', locale: 'en' }
const facts = { action: '/acme/signin', interaction: 'sealed' }

const field = (html: string, name: string): string | undefined =>
  new RegExp(`<input [^>]*name="${name}"[^>]*>`).exec(html)?.[0]

test('the form carries username, password and the sealed interaction', () => {
  const { html } = signInPage(context, facts)
  expect(html).toContain('<form method="post" action="/acme/signin">')
  expect(field(html, 'username')).toContain('autocomplete="username"')
  expect(field(html, 'password')).toContain('autocomplete="current-password"')
  expect(field(html, 'interaction')).toBe('<input type="hidden" name="interaction" value="sealed">')
})

test('nist sp 800-63b-4 section 3.1.1.2: pasting and password managers are not hindered', () => {
  const { html } = signInPage(context, facts)
  expect(field(html, 'password')).not.toMatch(/maxlength|onpaste|readonly|autocomplete="off"/)
})

test('oidc core section 3.1.2.1: login_hint fills the user name, and the password has the focus', () => {
  const { html } = signInPage(context, { ...facts, userName: 'ada@example.com' })
  expect(field(html, 'username')).toContain('value="ada@example.com"')
  expect(field(html, 'username')).not.toContain('autofocus')
  expect(field(html, 'password')).toContain('autofocus')
})

test('without a user name the user name has the focus', () => {
  const { html } = signInPage(context, facts)
  expect(field(html, 'username')).toContain('autofocus')
  expect(field(html, 'password')).not.toContain('autofocus')
})

test('the password is never sent back', () => {
  const { html } = signInPage(context, { ...facts, userName: 'ada', problem: 'wrong-password' })
  expect(field(html, 'password')).not.toContain('value=')
})

test('owasp asvs 6.3.8: a wrong password does not tell which field was wrong', () => {
  const { html } = signInPage(context, { ...facts, userName: 'ada', problem: 'wrong-password' })
  for (const name of ['username', 'password']) {
    expect(field(html, name)).toContain('aria-invalid="true" aria-describedby="problem"')
  }
})

test('wcag 3.3.1: a problem is an alert, and the title says so too', () => {
  const { html } = signInPage(context, { ...facts, problem: 'too-many-attempts' })
  expect(html).toContain('<p class="problem" id="problem" role="alert">Too many attempts.')
  expect(html).toContain('<title>Problem: Sign in · Acme</title>')
  expect(html).not.toContain('aria-invalid="true"')
})

test('the client is named where there is one', () => {
  const named = signInPage(context, { ...facts, clientName: 'Photos' }).html
  expect(named).toContain('to continue to <strong><bdi>Photos</bdi></strong>')
  expect(signInPage(context, facts).html).not.toContain('class="lead"')
})
