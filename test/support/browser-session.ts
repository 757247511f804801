import type { Browser, BrowserContextOptions, Page } from 'playwright-core'

/** A page of a fresh profile, and all that it should not have done. */
export interface WatchedPage {
  readonly page: Page
  /** Console errors (a breach of the policy is one), uncaught exceptions, requests to other origins. */
  readonly problems: readonly string[]
}

/** A window of its own: no cookies, no history. */
export async function openPage(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({ baseURL: origin, ...options })
  context.setDefaultTimeout(10_000)
  const page = await context.newPage()
  const problems: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text())
  })
  page.on('pageerror', (error) => problems.push(String(error)))
  page.on('request', (request) => {
    const isOurs = request.url().startsWith(`${origin}/`) || request.url().startsWith('data:')
    if (!isOurs) problems.push(`a request to ${request.url()}`)
  })
  return { page, problems }
}
