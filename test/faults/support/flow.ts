import type { EndpointName } from '#infra/endpoints.ts'
import type { Activity } from '#shared/audit/event.ts'
import type { Answer, Sent } from './viewer.ts'
import { refreshing, type Visitor } from './visitor.ts'
import { Disturbed } from './watch.ts'

/** One request with everything that must have happened before it. */
export interface Flow {
  readonly name: string
  readonly endpoint: EndpointName
  /** Answers the request that is made under a fault; what it does before is not. */
  readonly prepare: (visitor: Visitor) => Promise<Sent>
  readonly succeeds: (answer: Answer) => boolean
  /** The events that a success commits, one write after the other. */
  readonly commits?: Activity | readonly Activity[]
  /** The event of the write that counts the request, before it is known whether it can be met. */
  readonly counted?: Activity
  /** True where there is nothing left to do once it is done: a repetition succeeds, and commits nothing. */
  readonly isFinal?: true
  /** The event of a repetition after the commit, which is taken for theft. */
  readonly replayed?: Activity
  /** How a repetition is refused whose assertion, proof or handle was used up; nothing is written then. */
  readonly isUsedUp?: (answer: Answer) => boolean
  /** Whether what was answered is any good. */
  readonly proves?: (visitor: Visitor, answer: Answer) => Promise<boolean>
  readonly isPage: boolean
  /** Whether somebody is to be signed in before. */
  readonly isSignedIn?: true
  /** True where limits on what one person may try are lifted, for all trials are one person's. */
  readonly isUnlimited?: true
}

export const isOk = ({ status }: Answer): boolean => status === 200

/** An error of this name, as a client is told of it. */
export const isError =
  (error: string) =>
  ({ status, body }: Answer): boolean =>
    status >= 400 && status < 500 && body.includes(`"error":"${error}"`)

export const leadsTo =
  (part: string) =>
  ({ status, headers: { location = '' } }: Answer): boolean =>
    status === 303 && location.includes(part)

export const bodyOf = ({ body }: Answer): Readonly<Record<string, string>> => JSON.parse(body)

/** An access token that was handed out works. */
export async function reachesUserInfo(visitor: Visitor, token = ''): Promise<boolean> {
  const authorization = `Bearer ${token}`
  const { status } = await visitor.ask(visitor.get('oauth2/userinfo', { authorization }))
  if (status === 503) throw new Disturbed('the proof took too long')
  return status === 200
}

/** A refresh token that was handed out works: its family stands. */
export async function refreshes(visitor: Visitor, answer: Answer): Promise<boolean> {
  const sent = visitor.token(refreshing(bodyOf(answer)['refresh_token']))
  const { status } = await visitor.ask(sent)
  if (status === 503) throw new Disturbed('the proof took too long')
  return status === 200
}

export const forClients = { isPage: false, succeeds: isOk }
export const page = { isPage: true }
