import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import { contentSecurityPolicy } from '../content-security-policy.ts'
import type { Locale } from '../texts/locale.ts'
import { type Html, html, textOf, verbatim } from './html.ts'
import { icon, mark } from './mark.ts'
import type { Page } from './page.ts'
import { sayIn } from './say.ts'
import { stylesheet } from './stylesheet.ts'

/** The name of the product, shown where no tenant is known. */
export const product = 'Sallyport'

interface Content {
  readonly locale: Locale
  readonly tenantName: string
  readonly title: Html
  readonly body: Html
  /** A constant, admitted by its hash; it stands at the end of the document. */
  readonly script?: string
  /** Origins that the body shows in frames. */
  readonly frames?: readonly string[]
  /** What else the head holds. */
  readonly head?: Html | undefined
}

const style: Html = verbatim(`<style>${stylesheet}</style>`)

const scriptElement = (script: string | undefined): Html | undefined =>
  script === undefined ? undefined : verbatim(`<script>${script}</script>`)

function document(content: Content): Html {
  return html`<!doctype html>
<html lang="${content.locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${content.title}</title>
${icon}
${style}
${content.head}
</head>
<body>
<div class="wall">
<header>${mark}<p><bdi>${content.tenantName}</bdi></p></header>
<main>
${content.body}
</main>
</div>
<footer><p>${sayIn(content.locale)('page.product', { product })}</p></footer>
${scriptElement(content.script)}
</body>
</html>
`
}

/** Sets a page's content into the document that all pages share. */
export function layout(content: Content): Page {
  const { script, frames } = content
  return {
    html: textOf(document(content)),
    contentSecurityPolicy: contentSecurityPolicy({
      style: stylesheet,
      ...withoutAbsent({ script, frames }),
    }),
  }
}
