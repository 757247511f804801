/** Why we ask somebody else's server, for the log. */
export type HttpPurpose = 'client-keys' | 'back-channel-logout' | (string & {})

export interface HttpQuestion {
  readonly method: 'GET' | 'POST'
  /** Unverified: whoever registers a client chooses it. */
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly purpose: HttpPurpose
  /** A longer answer is refused. Absent: 64 KiB. */
  readonly maximalBytes?: number
}

export type HttpAnswer =
  | {
      readonly kind: 'answered'
      /** A redirect is an answer like any other, and never followed. */
      readonly status: number
      /** Names in lower case. */
      readonly headers: Readonly<Record<string, string>>
      readonly body: string
    }
  /** Not ours to ask, or more than we read; asking again changes nothing. */
  | { readonly kind: 'refused'; readonly rule: string }
  /** Nobody answered in time; asking again may help. */
  | { readonly kind: 'failed' }

/**
 * Asks servers that strangers have named: public addresses only, over TLS, within limits.
 *
 * Never throws for what the other side is or does.
 */
export interface HttpClient {
  fetch(question: HttpQuestion): Promise<HttpAnswer>
}
