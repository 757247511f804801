/** How a client authenticates. */
export interface Credentials {
  readonly id: string
  readonly secret: string
}

/** What both contenders are set up with; see configuration.json. */
export const application = {
  id: 'web',
  secret: 'web-secret',
  redirectUri: 'https://app.example/callback',
} as const

export const machine = { id: 'machine', secret: 'machine-secret' } as const

/** An API: it introspects opaque tokens that it receives, and calls the next API. */
export const service = {
  id: 'api',
  secret: 'api-secret',
  resource: 'https://ledger.example/',
  next: 'https://downstream.example/',
} as const

export interface Person {
  readonly userName: string
  readonly password: string
}

/** `strong` has a hash of the usual cost, `cheap` one that costs nothing: it leaves the rest to be seen. */
export const people = {
  strong: { userName: 'strong@example.com', password: 'correct horse battery staple' },
  cheap: { userName: 'cheap@example.com', password: 'costs next to nothing' },
} as const satisfies Record<string, Person>
