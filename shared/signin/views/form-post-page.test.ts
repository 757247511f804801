import { expect, test } from 'vitest'
import { formPostPage } from './form-post-page.ts'

const { html, contentSecurityPolicy } = formPostPage(
  { locale: 'en' },
  { action: 'https://app.example/cb?a=1&b=2', fields: { state: '<&">', submit: 'x' } },
)

test('form_post section 2: the parameters are hidden fields of a form that goes to the redirect URI', () => {
  expect(html).toContain('<form method="post" action="https://app.example/cb?a=1&amp;b=2">')
  expect(html).toContain('<input type="hidden" name="state" value="&lt;&amp;&quot;&gt;">')
})

test('form_post section 2: the user agent sends the form by itself, or by a button without scripts', () => {
  expect(html).toContain(
    '<script>HTMLFormElement.prototype.submit.call(document.forms[0])</script>',
  )
  expect(html).toContain('<noscript><button class="primary">Continue</button></noscript>')
  expect(contentSecurityPolicy).toContain("script-src 'sha256-")
})

test('form_post section 2 and 4: nothing but the response’s own parameters is sent', () => {
  const names = [...html.matchAll(/<(?:input|button)[^>]* name="([^"]*)"/g)].map(([, name]) => name)
  expect(names).toEqual(['state', 'submit'])
})
