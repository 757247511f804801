/** What the app is told at registration, and where it lives. */
export interface Settings {
  readonly issuer: URL
  readonly clientId: string
  readonly redirectUri: string
  readonly postLogoutRedirectUri: string
}

const home = '/_local/app'

/** Reads the settings from the page that loaded the script. */
export function readSettings(page: Document): Settings {
  const origin = page.location.origin
  return {
    issuer: new URL(contentOf(page, 'issuer')),
    clientId: contentOf(page, 'client-id'),
    redirectUri: `${origin}${home}/callback`,
    postLogoutRedirectUri: `${origin}${home}`,
  }
}

/** True when the browser comes back with an authorization response. */
export const isCallback = (settings: Settings, url: URL): boolean =>
  url.origin + url.pathname === settings.redirectUri

function contentOf(page: Document, name: string): string {
  const content = page.querySelector(`meta[name="${name}"]`)?.getAttribute('content')
  if (!content) throw new Error(`the page has no ${name}`)
  return content
}
