import { expect, test } from 'vitest'
import { errorPage } from './error-page.ts'

const facts = {
  code: 'invalid_request',
  description: 'redirect_uri is not registered',
  requestId: 'r-1',
}

test('rfc6749 section 4.1.2.1: a bad redirect_uri is told to the user, by the name of the parameter', () => {
  const { html } = errorPage({ locale: 'en' }, facts)
  expect(html).toContain('redirect_uri is not registered')
  expect(html).not.toMatch(/<(?:a|form)\b/)
})

test('the code and the request id are there to be reported', () => {
  const { html } = errorPage({ locale: 'en', tenantName: 'Acme' }, facts)
  expect(html).toContain('<code>invalid_request</code>')
  expect(html).toContain('<code>r-1</code>')
})

test('wcag 3.1.2: the description is marked as English on a page in another language', () => {
  expect(errorPage({ locale: 'de' }, facts).html).toContain(
    '<span lang="en">redirect_uri is not registered</span>',
  )
})

test('an error of ours does not blame the request', () => {
  const { html } = errorPage({ locale: 'en' }, { ...facts, code: 'server_error' })
  expect(html).toContain('<h1>Something went wrong here</h1>')
})

test.each(['interaction_expired', 'interaction_foreign'])(
  '%s sends the user back to start again',
  (code) => {
    const { html } = errorPage({ locale: 'en' }, { ...facts, code })
    expect(html).toContain('<h1>This page is no longer valid</h1>')
  },
)

test('without a tenant the page is the product’s', () => {
  expect(errorPage({ locale: 'en' }, facts).html).toContain('<p><bdi>Sallyport</bdi></p>')
})
