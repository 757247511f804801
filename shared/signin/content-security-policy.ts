import { createHash } from 'node:crypto'

/** The source expression that admits exactly this inline text. */
export const hashSource = (text: string): string =>
  `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`

/**
 * Writes the policy of a page that loads nothing: its one inline stylesheet, its icon, at most one inline script, and the frames that it names.
 *
 * There is no `form-action` on purpose: browsers hold it against every redirect that follows the
 * form, and after sign-in that redirect leads to the client's own site.
 *
 * @spec https://www.w3.org/TR/CSP3/#grammardef-hash-source
 * @spec https://www.w3.org/TR/CSP3/#directive-form-action
 */
export function contentSecurityPolicy(content: {
  readonly style: string
  readonly script?: string
  /** Origins that the page shows in frames. */
  readonly frames?: readonly string[]
}): string {
  const { frames = [] } = content
  const script = content.script === undefined ? [] : [`script-src ${hashSource(content.script)}`]
  return [
    "default-src 'none'",
    `style-src ${hashSource(content.style)}`,
    ...script,
    ...(frames.length === 0 ? [] : [`frame-src ${[...new Set(frames)].join(' ')}`]),
    'img-src data:',
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
