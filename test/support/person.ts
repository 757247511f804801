import type { Browser, Visit } from '../../tools/smoke/browser.ts'
import { submit } from '../../tools/smoke/page-form.ts'
import { password } from './relying-party.ts'

/** Signs in where that is asked, allows what is asked, and answers where the browser ends up. */
export async function signInAndAllow(
  browser: Browser,
  authorizationUrl: URL,
  username = 'grace@example.com',
  ownPassword = password,
): Promise<Visit> {
  let page = await browser.get(authorizationUrl.href)
  if (page.body.includes('name="password"')) {
    page = await submit(browser, page, { username, password: ownPassword })
  }
  if (page.body.includes('name="allow"')) page = await submit(browser, page, { allow: 'yes' })
  return page
}
