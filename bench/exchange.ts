/** A request to an identity provider, before it has any form of a wire. */
export interface Sent {
  readonly method: 'GET' | 'POST'
  /** With its query string. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

export interface Answered {
  readonly status: number
  readonly location: string | undefined
  readonly cookies: readonly string[]
  readonly body: string
}

/** An identity provider that answers without a socket, and where its endpoints are. */
export interface Contender {
  readonly origin: string
  readonly paths: {
    readonly authorize: string
    readonly pushed: string
    readonly token: string
    readonly introspection: string
    readonly userInfo: string
  }
  send(request: Sent): Promise<Answered>
}
