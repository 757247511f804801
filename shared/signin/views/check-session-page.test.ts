import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { browserStateCookieName } from '#shared/session/browser-state.ts'
import { checkSessionPage, checkSessionScript } from './check-session-page.ts'

const { html, contentSecurityPolicy } = checkSessionPage()

test('the page runs its one script, loads nothing, and may be framed', () => {
  const hash = createHash('sha256').update(checkSessionScript).digest('base64')
  expect(contentSecurityPolicy).toBe(
    `default-src 'none'; script-src 'sha256-${hash}'; base-uri 'none'`,
  )
  expect(html).toContain(`<script>${checkSessionScript}</script>`)
})

test('session management section 3.2: the script reads the cookie that sign-in sets', () => {
  expect(checkSessionScript).toContain(`${browserStateCookieName}=`)
})

test('the script ends where it should', () => {
  expect(checkSessionScript).not.toMatch(/<\/|<!--/)
})
