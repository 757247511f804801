import { Cookies } from './cookies.ts'

/** A page or answer as a browser without JavaScript sees it. */
export interface Visit {
  readonly url: string
  readonly status: number
  readonly headers: Headers
  readonly body: string
  /** Value of a hidden or filled-in field of the page's form. */
  field(name: string): string | undefined
}

/**
 * A browser reduced to what the pages rely on: cookies with path, `Secure` and `SameSite=Lax`, the Origin
 * of a form, and redirects, which it follows as long as they stay on our own origin.
 */
export class Browser {
  readonly #origin: string
  readonly #cookies = new Cookies()

  constructor(origin: string) {
    this.#origin = origin
  }

  get cookies(): Cookies {
    return this.#cookies
  }

  get(url: string, headers: Record<string, string> = {}): Promise<Visit> {
    return this.#follow(url, { method: 'GET', headers })
  }

  /** Posts a form as our own page would. @param from the page's origin; another one is another site */
  post(url: string, form: Record<string, string>, from: string = this.#origin): Promise<Visit> {
    const headers = { origin: from, 'content-type': 'application/x-www-form-urlencoded' }
    const body = new URLSearchParams(form).toString()
    return this.#follow(url, { method: 'POST', headers, body }, from !== this.#origin)
  }

  /** One request; a redirect is not followed. */
  async request(url: string, init: RequestInit, isCrossSitePost = false): Promise<Visit> {
    const absolute = new URL(url, this.#origin)
    const headers = new Headers(init.headers)
    const cookie = isCrossSitePost ? '' : this.#cookies.header(absolute.pathname)
    if (cookie !== '') headers.set('cookie', cookie)
    const response = await fetch(absolute, { ...init, headers, redirect: 'manual' })
    this.#cookies.store(response.headers.getSetCookie())
    const body = await response.text()
    return {
      url: absolute.href,
      status: response.status,
      headers: response.headers,
      body,
      field: (name) => fieldOf(body, name),
    }
  }

  async #follow(url: string, init: RequestInit, isCrossSitePost = false): Promise<Visit> {
    let visit = await this.request(url, init, isCrossSitePost)
    for (let hops = 0; hops < 10; hops++) {
      const location = visit.headers.get('location')
      if (location === null) return visit
      const next = new URL(location, visit.url)
      if (next.origin !== new URL(this.#origin).origin) return { ...visit, url: next.href }
      visit = await this.request(next.href, { method: 'GET' })
    }
    throw new Error(`too many redirects from ${url}`)
  }
}

function fieldOf(body: string, name: string): string | undefined {
  const [input] = body.match(new RegExp(`<(?:input|button)[^>]*\\bname="${name}"[^>]*>`)) ?? []
  const value = input?.match(/\bvalue="([^"]*)"/)?.[1]
  return value?.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&')
}
