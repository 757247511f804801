import { hashSource } from '../content-security-policy.ts'
import { html, textOf, verbatim } from './html.ts'
import type { Page } from './page.ts'

/**
 * Answers whether the browser is signed in as it was: `changed`, `unchanged` or `error`.
 *
 * Only the origin of the page around the frame is answered, and what it asks for is what the client's
 * answer once held. `crypto.subtle` needs a secure context, as the cookie does.
 */
export const checkSessionScript = `(() => {
const around = () => location.ancestorOrigins?.[0] ?? (document.referrer && new URL(document.referrer).origin)
const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
const digest = async (text) => hex(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
const state = () => /(?:^|; )__Secure-sallyport-state=([^;]*)/.exec(document.cookie)?.[1] ?? ''
const judge = async ({ data, origin }) => {
  const [, client, hash, salt] = /^([\\x20-\\x7e]+) ([0-9a-f]{64})\\.([\\w-]+)$/.exec(data) ?? []
  if (typeof data !== 'string' || hash === undefined || origin !== around()) return 'error'
  const now = await digest([client, origin, state(), salt].join(' '))
  return now === hash ? 'unchanged' : 'changed'
}
addEventListener('message', async (event) => {
  const answer = await judge(event).catch(() => 'error')
  event.source?.postMessage(answer, { targetOrigin: event.origin })
})
})()`

/**
 * Renders the page that clients keep in an invisible frame; the one page of ours that others may frame.
 *
 * @spec https://openid.net/specs/openid-connect-session-1_0.html#OPiframe
 */
export const checkSessionPage = (): Page => ({
  html: textOf(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="robots" content="noindex">
<title>Session</title>
</head>
<body>
${verbatim(`<script>${checkSessionScript}</script>`)}
</body>
</html>
`),
  contentSecurityPolicy: `default-src 'none'; script-src ${hashSource(checkSessionScript)}; base-uri 'none'`,
})
