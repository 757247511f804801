import type { Brand } from '#shared/kernel/brand.ts'
import type { UserId } from '#shared/kernel/ids.ts'
import { sealedUse } from '#shared/kernel/sealed-content.ts'
import { seconds } from '#shared/kernel/time.ts'
import type { PolledAuthorization } from './polled-authorization.ts'

/** Random, 128 bits; only a sealed `auth_req_id` leads to it. */
export type BackchannelRequestId = Brand<string, 'BackchannelRequestId'>

/** How long a person has to answer, unless the client asks for less or a little more. */
export const backchannelRequestLifetime = { usual: seconds(300), maximal: seconds(600) }

/**
 * A client that waits for one person, known by a hint, to allow it something.
 *
 * @spec https://openid.net/specs/openid-client-initiated-backchannel-authentication-core-1_0.html#rfc.section.7.1
 */
export interface BackchannelRequest extends PolledAuthorization {
  readonly user: UserId
  readonly id: BackchannelRequestId
  /** Shown to the person here and at the client, so that both can be compared. */
  readonly bindingMessage?: string
  readonly acrValues?: readonly string[]
  /** Sealed: how the client is told of the answer, for one that asks to be told. */
  readonly notification?: string
}

/** What an `auth_req_id` says; sealed, it is the id itself, so that nobody but us can make one. */
export interface AuthReqId {
  readonly user: UserId
  readonly backchannel: BackchannelRequestId
}

export const sealedAuthReqId = sealedUse<AuthReqId>('auth_req_id')

/** What the client is told of an answer, and the token that proves that we tell it. */
export interface BackchannelNotification {
  readonly authReqId: string
  readonly token: string
}

export const sealedNotification = sealedUse<BackchannelNotification>('notification')
