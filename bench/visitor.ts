import type { Answered, Contender } from './exchange.ts'

/** A browser without anything to look at: it keeps cookies, follows redirects and fills in forms. */
export interface Visitor {
  cookies(): string
  /** Another one with the same cookies, as they are now. */
  copy(): Visitor
  get(path: string): Promise<Answered>
  /** Fills in the form of a page and submits it. */
  submit(page: Answered, typed: Readonly<Record<string, string>>): Promise<Answered>
  /** Follows redirects until there is a page, or a redirect to somebody else. */
  follow(answer: Answered): Promise<Answered>
}

const formType = { 'content-type': 'application/x-www-form-urlencoded' }

export const visitorOf = (contender: Contender): Visitor => visitorWith(contender, new Map())

function visitorWith(contender: Contender, jar: Map<string, string>): Visitor {
  const cookies = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')

  async function send(method: 'GET' | 'POST', path: string, body?: string): Promise<Answered> {
    const headers = {
      ...(jar.size > 0 && { cookie: cookies() }),
      ...(body !== undefined && { ...formType, origin: contender.origin }),
    }
    const answer = await contender.send({ method, path, headers, ...(body && { body }) })
    for (const cookie of answer.cookies) keep(jar, cookie)
    return answer
  }

  const get = (path: string) => send('GET', path)
  const visitor: Visitor = {
    cookies,
    copy: () => visitorWith(contender, new Map(jar)),
    get,
    submit(page, typed) {
      const { action, fields } = formOf(page)
      return send('POST', action, String(new URLSearchParams({ ...fields, ...typed })))
    },
    async follow(answer) {
      const path = ownPath(contender.origin, answer.location)
      return path === undefined ? answer : visitor.follow(await get(path))
    },
  }
  return visitor
}

function keep(jar: Map<string, string>, cookie: string): void {
  const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
  if (value === '') jar.delete(name)
  else jar.set(name, value)
}

/** The path of a location at the same origin, relative or not. */
function ownPath(origin: string, location: string | undefined): string | undefined {
  if (location === undefined) return undefined
  if (location.startsWith('/')) return location
  return location.startsWith(`${origin}/`) ? location.slice(origin.length) : undefined
}

/** Where a page's form goes, and its hidden fields. */
function formOf({ body, status }: Answered) {
  const [, action] = /<form method="post" action="([^"]*)"/.exec(body) ?? []
  if (action === undefined) throw new Error(`no form in an answer ${status}: ${body}`)
  const hidden = [...body.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)]
  return { action, fields: Object.fromEntries(hidden.map(([, name, value]) => [name, value])) }
}
