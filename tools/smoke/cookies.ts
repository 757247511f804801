interface Cookie {
  readonly name: string
  readonly value: string
  readonly path: string
  readonly attributes: ReadonlySet<string>
}

/** The cookies of one browser on one host. */
export class Cookies {
  readonly #kept = new Map<string, Cookie>()

  store(setCookies: readonly string[]): void {
    for (const text of setCookies) {
      const cookie = parse(text)
      const key = `${cookie.path} ${cookie.name}`
      if (cookie.attributes.has('max-age=0')) this.#kept.delete(key)
      else this.#kept.set(key, cookie)
    }
  }

  /** The Cookie header for a path. */
  header(pathname: string): string {
    return [...this.#kept.values()]
      .filter(({ path }) => `${pathname}/`.startsWith(path.endsWith('/') ? path : `${path}/`))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ')
  }

  get(name: string): Cookie | undefined {
    return [...this.#kept.values()].find((cookie) => cookie.name === name)
  }

  set(name: string, value: string, path: string): void {
    this.#kept.set(`${path} ${name}`, { name, value, path, attributes: new Set() })
  }

  clear(): void {
    this.#kept.clear()
  }
}

function parse(text: string): Cookie {
  const [pair = '', ...rest] = text.split(';').map((part) => part.trim())
  const separator = pair.indexOf('=')
  const attributes = new Set(rest.map((attribute) => attribute.toLowerCase()))
  const path = rest.find((attribute) => /^path=/i.test(attribute))?.slice('path='.length) ?? '/'
  return { name: pair.slice(0, separator), value: pair.slice(separator + 1), path, attributes }
}
