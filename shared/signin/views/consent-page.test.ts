import { expect, test } from 'vitest'
import { type ConsentFacts, consentPage } from './consent-page.ts'
import type { PageContext } from './page.ts'

const context: PageContext = { tenantName: 'Acme', locale: 'en' }

const render = (facts: Partial<ConsentFacts> = {}): string =>
  consentPage(context, {
    action: '/acme/signin/consent',
    interaction: 'sealed',
    clientName: 'Photos',
    userName: 'ada',
    scopes: ['openid', 'email'],
    ...facts,
  }).html

test('the choice is one of two buttons of the same form', () => {
  expect(render()).toContain('<button name="deny" value="yes">Deny</button>')
  expect(render()).toContain('<button class="primary" name="allow" value="yes">Allow</button>')
  expect(render()).toContain('<input type="hidden" name="interaction" value="sealed">')
})

/**
 * The person decides with all of it before their eyes.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6819#section-5.1.3
 * @spec https://www.rfc-editor.org/rfc/rfc6819#section-5.2.4.2
 * @spec https://www.rfc-editor.org/rfc/rfc6819#section-5.2.4.3
 */
test('owasp asvs 10.7.2: the page says who asks, for whose account, and for what', () => {
  expect(render()).toContain('Allow <strong><bdi>Photos</bdi></strong> to use your account?')
  expect(render()).toContain('Signed in as <strong><bdi>ada</bdi></strong>')
  expect(render()).toContain('<li>See your e-mail address</li>')
})

test('an unknown scope is shown as it is, even one named like a property of every object', () => {
  expect(render({ scopes: ['photos:print', 'constructor', '__proto__'] })).toContain(
    '<li><code>photos:print</code></li><li><code>constructor</code></li><li><code>__proto__</code></li>',
  )
})

test('without scopes the page says that no data is asked for', () => {
  expect(render({ scopes: [] })).toContain('It asks for none of your data.')
})

const service = (name: string) => ({
  resource: `https://${encodeURIComponent(name)}.example`,
  name,
})

test('the person sees which services the access is for, by the names they have', () => {
  expect(render()).not.toContain('The access is for')
  expect(render({ services: ['Orders', '<Stock>'].map(service) })).toContain(
    '<p>The access is for <strong><bdi>Orders</bdi></strong>, <strong><bdi>&lt;Stock&gt;</bdi></strong>.</p>',
  )
})

test('rfc7591 section 5: the host of client_uri stands beside the name, which anyone may choose', () => {
  const html = render({ clientUri: 'https://photos.example/app' })
  expect(html).toContain(
    '<a href="https://photos.example/app" target="_blank" rel="noopener noreferrer"><bdi>photos.example</bdi>',
  )
})

test('rfc7591 section 2: policy_uri and tos_uri are linked where they are web addresses', () => {
  const html = render({ policyUri: 'https://photos.example/p', tosUri: 'javascript:alert(1)' })
  expect(html).toContain('href="https://photos.example/p"')
  expect(html).not.toContain('Terms of service')
})

test('rfc9396 section 12: what is asked for in particular is shown in full, as text', () => {
  const lines = [['creditor', '<b>Shop</b>']] as const
  const html = render({ details: [{ title: 'Make a payment', lines }] })
  expect(html).toContain('<h2>Make a payment</h2>')
  expect(html).toContain('<dt><bdi>creditor</bdi></dt><dd><bdi>&lt;b&gt;Shop&lt;/b&gt;</bdi></dd>')
  expect(html).toContain('<li>See your e-mail address</li>')
})

test('rfc9396 section 12: each part has a line of its own, isolated from the others', () => {
  const amount = [
    ['currency', 'EUR, <i>: 1'],
    ['value', '9999.00'],
  ] as const
  const html = render({ details: [{ title: 'Make a payment', lines: [['amount', amount]] }] })
  const currency = '<dt><bdi>currency</bdi></dt><dd><bdi>EUR, &lt;i&gt;: 1</bdi></dd>'
  const value = '<dt><bdi>value</bdi></dt><dd><bdi>9999.00</bdi></dd>'
  expect(html).toContain(`<dt><bdi>amount</bdi></dt><dd><dl>${currency}${value}</dl></dd>`)
})

test('rfc9396 section 3.1: without scopes the details stand for themselves', () => {
  const html = render({ scopes: [], details: [{ title: 'Make a payment', lines: [] }] })
  expect(html).not.toContain('It asks for none of your data.')
})
