import type { Browser, Visit } from './browser.ts'

/** What a form of a page would post. */
export interface PageForm {
  readonly action: string
  readonly fields: Readonly<Record<string, string>>
}

/** The form of a page with its hidden fields; pages have one at most. */
export function formOf(page: Visit): PageForm {
  const [, action] = page.body.match(/<form method="post" action="([^"]*)"/) ?? []
  if (action === undefined) throw new Error(`there is no form at ${page.url}: ${page.body}`)
  const hidden = [...page.body.matchAll(/<input type="hidden" name="([^"]*)"/g)]
  const names = hidden.map(([, name]) => name ?? '')
  return { action, fields: Object.fromEntries(names.map((name) => [name, page.field(name) ?? ''])) }
}

/** Fills in and submits the form of a page. */
export function submit(
  browser: Browser,
  page: Visit,
  typed: Readonly<Record<string, string>>,
): Promise<Visit> {
  const { action, fields } = formOf(page)
  return browser.post(action, { ...fields, ...typed })
}
