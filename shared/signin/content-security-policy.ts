import { createHash } from 'node:crypto'

/** The source expression that admits exactly this inline text. */
const hashSource = (text: string): string =>
  `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`

/**
 * Writes the policy of a page that loads nothing: its one inline stylesheet, its icon, and at most one inline script.
 *
 * There is no `form-action` on purpose: browsers hold it against every redirect that follows the
 * form, and after sign-in that redirect leads to the client's own site.
 *
 * @spec https://www.w3.org/TR/CSP3/#grammardef-hash-source
 * @spec https://www.w3.org/TR/CSP3/#directive-form-action
 */
export function contentSecurityPolicy(inline: {
  readonly style: string
  readonly script?: string
}): string {
  const script = inline.script === undefined ? [] : [`script-src ${hashSource(inline.script)}`]
  return [
    "default-src 'none'",
    `style-src ${hashSource(inline.style)}`,
    ...script,
    'img-src data:',
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
