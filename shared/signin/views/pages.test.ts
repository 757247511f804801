import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ConsentDetail } from '../interaction.ts'
import { locales } from '../texts/locale.ts'
import { consentPage } from './consent-page.ts'
import { deviceAnsweredPage } from './device-answered-page.ts'
import { deviceConsentPage } from './device-consent-page.ts'
import { errorPage } from './error-page.ts'
import { formPostPage, submitScript } from './form-post-page.ts'
import type { Page, PageContext } from './page.ts'
import { requestsPage } from './requests-page.ts'
import { signInPage } from './sign-in-page.ts'
import { signOutPage } from './sign-out-page.ts'
import { goOnScript, signedOutPage } from './signed-out-page.ts'
import { stylesheet } from './stylesheet.ts'
import { userCodePage } from './user-code-page.ts'

type Render = (context: PageContext, text: string, url: string) => Page

const detailsOf = (text: string): readonly ConsentDetail[] => [
  { title: text, lines: [['amount', text]] },
]

/** Every page, with one text wherever a text may come in and one address wherever an address may. */
const pages: readonly (readonly [string, Render])[] = [
  [
    'sign-in',
    (context, text, url) =>
      signInPage(context, { action: url, interaction: text, clientName: text, userName: text }),
  ],
  [
    'sign-in after a wrong password',
    (context, text, url) =>
      signInPage(context, {
        action: url,
        interaction: text,
        userName: text,
        problem: 'wrong-password',
      }),
  ],
  [
    'consent',
    (context, text, url) =>
      consentPage(context, {
        action: url,
        interaction: text,
        clientName: text,
        clientUri: url,
        policyUri: url,
        tosUri: url,
        userName: text,
        scopes: ['openid', text],
        details: detailsOf(text),
      }),
  ],
  [
    'user code',
    (context, text, url) => userCodePage(context, { action: url, userName: text, userCode: text }),
  ],
  [
    'user code after a wrong one',
    (context, text, url) =>
      userCodePage(context, {
        action: url,
        userName: text,
        userCode: text,
        problem: 'unknown-code',
      }),
  ],
  [
    'device consent',
    (context, text, url) =>
      deviceConsentPage(context, {
        action: url,
        interaction: text,
        clientName: text,
        clientUri: url,
        userName: text,
        userCode: text,
        scopes: ['openid', text],
        details: detailsOf(text),
      }),
  ],
  [
    'requests',
    (context, text, url) =>
      requestsPage(context, {
        action: url,
        userName: text,
        waiting: [
          {
            request: text,
            clientName: text,
            clientUri: url,
            bindingMessage: text,
            scopes: ['openid', text],
            details: detailsOf(text),
          },
        ],
      }),
  ],
  [
    'device answered',
    (context, text) => deviceAnsweredPage(context, { answer: 'allowed', clientName: text }),
  ],
  [
    'sign-out',
    (context, text, url) =>
      signOutPage(context, {
        action: url,
        hidden: { [text]: text },
        clientName: text,
      }),
  ],
  ['signed-out', (context, text) => signedOutPage(context, { clientName: text })],
  [
    'signed-out with apps to tell',
    (context, text, url) =>
      signedOutPage(context, {
        clientName: text,
        frames: [url],
        location: url,
      }),
  ],
  [
    'error',
    (context, text) => errorPage(context, { code: text, description: text, requestId: text }),
  ],
  [
    'form_post',
    (context, text, url) => formPostPage(context, { action: url, fields: { [text]: text } }),
  ],
]

const ordinary: PageContext = { tenantName: 'Acme', locale: 'en' }

/** The tags with their attribute names: all that is markup. */
const skeletonOf = ({ html }: Page): readonly string[] =>
  [...html.matchAll(/<[^>]*>/g)].map(([tag]) => tag.replaceAll(/="[^"]*"/g, '=""'))

const dangerous = fc.constantFrom(
  ...['<', '>', '"', "'", '&', '&lt;', '`', '=', '/', '\n', '\0', '\u202e'],
  ...[
    '</title>',
    '</style>',
    '<script>',
    '<!--',
    '-->',
    ']]>',
    ' onerror=',
    '{tenant}',
    '{client}',
  ],
)

const hostile = fc
  .array(fc.oneof(dangerous, fc.string({ unit: 'binary' })))
  .map((parts) => `x${parts.join('')}`)

const address = /\s(?:href|action|src|formaction)="([^"]*)"/g

describe.each(pages)('the %s page', (_, render) => {
  const page = render(ordinary, 'x', 'https://x.example/')

  test('no text that comes in ever becomes markup', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const attacked = render(
          { ...ordinary, tenantName: text },
          text,
          `https://x.example/${text}`,
        )
        expect(skeletonOf(attacked)).toEqual(skeletonOf(page))
      }),
    )
  })

  test('no address that comes in leads anywhere but to the web', () => {
    const schemes = fc.constantFrom('javascript:', ' javascript:', 'java\nscript:', 'data:', '//')
    fc.assert(
      fc.property(schemes, hostile, (scheme, text) => {
        const { html } = render(ordinary, 'x', scheme + text)
        const addresses = [...html.matchAll(address)].map(([, url]) => url)
        const foreign = addresses.filter((url) => !url?.startsWith('data:image/svg+xml,'))
        expect(foreign.every((url) => url === 'about:invalid')).toBe(true)
      }),
    )
  })

  test('csp3: the policy admits the page’s own stylesheet and script by their hashes, and no others', () => {
    const inline = [...page.html.matchAll(/<(?:style|script)>([^<]*)<\//g)].map(
      ([, text = '']) => text,
    )
    const hashes = inline.map((text) => createHash('sha256').update(text).digest('base64'))
    const admitted = [...page.contentSecurityPolicy.matchAll(/'sha256-([^']+)'/g)].map(
      ([, hash]) => hash,
    )
    expect(admitted).toEqual(hashes)
    expect([stylesheet, submitScript, goOnScript]).toEqual(expect.arrayContaining(inline))
  })

  test('csp3: nothing needs what the policy forbids', () => {
    expect(page.html).not.toMatch(/\s(?:style|on[a-z]+)="|<(?:base|img|object|embed)\b/)
    const framed = [...page.html.matchAll(/<iframe src="([^"]*)"/g)].map(
      ([, url = '']) => new URL(url).origin,
    )
    const [, admitted] = /frame-src ([^;]*)/.exec(page.contentSecurityPolicy) ?? []
    expect(admitted).toBe(framed.length === 0 ? undefined : framed.join(' '))
    expect(page.html.match(/<link\b[^>]*>/g)).toEqual([expect.stringContaining('href="data:')])
  })

  test('wcag 2.4.2, 1.3.1: one title, one main, one h1', () => {
    for (const element of ['title', 'main', 'h1']) {
      expect(page.html.match(new RegExp(`<${element}>`, 'g'))).toHaveLength(1)
    }
  })

  test.each(locales)('wcag 3.1.1: the language is declared: %s', (locale) => {
    expect(render({ ...ordinary, locale }, 'x', '/').html).toContain(`<html lang="${locale}">`)
  })

  test('wcag 1.3.1, 4.1.1: every visible field has its label, every id is there once', () => {
    const ids = [...page.html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const [field] of page.html.matchAll(/<input (?!type="hidden")[^>]*>/g)) {
      const id = /id="([^"]*)"/.exec(field)?.[1]
      expect(page.html).toContain(`<label for="${id}">`)
    }
    for (const [, id] of page.html.matchAll(/aria-(?:describedby|labelledby)="([^"]*)"/g)) {
      expect(ids).toContain(id)
    }
  })

  test('every form is a POST', () => {
    for (const [form] of page.html.matchAll(/<form\b[^>]*>/g))
      expect(form).toContain('method="post"')
  })

  test('the page is small: under 8 KB in every language', () => {
    for (const locale of locales) {
      const { html } = render({ ...ordinary, locale }, 'x'.repeat(200), '/acme/signin')
      expect(Buffer.byteLength(html)).toBeLessThan(8 * 1024)
    }
  })
})
