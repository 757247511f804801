import type { ClientId, TenantId } from '#shared/kernel/ids.ts'
import { sealedUse } from '#shared/kernel/sealed-content.ts'
import { type EpochSeconds, isExpired, seconds } from '#shared/kernel/time.ts'
import type { Client } from '../client/client.ts'
import { invalidRequestUri } from '../errors.ts'

/**
 * How long a client may take from pushing a request to sending the person with it.
 *
 * @spec https://openid.net/specs/fapi-security-profile-2_0-final.html#section-5.3.2.2 less than 600 seconds
 */
export const pushedRequestLifetime = seconds(90)

/** An authorization request that its client has handed in beforehand. */
export interface PushedRequest {
  readonly tenant: TenantId
  readonly client: ClientId
  /** SHA-256 of the reference, which nobody but the client and its user's browser know. */
  readonly referenceHash: string
  /** The parameters, as a query; those of a request object have been taken out of it. */
  readonly request: string
  /** Until then it may be begun with. */
  readonly startsBefore: EpochSeconds
  /** Until then it may be answered: the person had to sign in first. */
  readonly expiresAt: EpochSeconds
  /** When it was answered; absent until then. */
  readonly usedAt?: EpochSeconds
}

/**
 * A pushed request of a client that cannot prove itself: its reference is the sealed request.
 *
 * Strangers must not spend our writes, so it is not stored, and not used up either.
 */
export interface SealedRequest {
  readonly pushed: PushedRequest
}

export const sealedRequest = sealedUse<SealedRequest>('pushed')

/** A stored request is known by 256 random bits. */
const storedReferenceLength = 43

export const isSealedReference = (reference: string): boolean =>
  reference.length > storedReferenceLength

/**
 * Checks that a pushed request may be gone on with.
 *
 * Reloading the page is no second use: only the answer uses the request up.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9126#section-4
 * @spec https://www.rfc-editor.org/rfc/rfc9126#section-7.3
 * @param isBegun true when the person comes back from our own pages with it
 * @throws ProtocolError `invalid_request_uri`
 */
export function verifyPushedRequest(
  pushed: PushedRequest | undefined,
  client: Client,
  { isBegun, now }: { readonly isBegun: boolean; readonly now: EpochSeconds },
): PushedRequest {
  if (pushed === undefined || pushed.client !== client.id) throw refused('unknown')
  if (pushed.usedAt !== undefined) throw refused('used')
  if (isExpired(isBegun ? pushed.expiresAt : pushed.startsBefore, now)) throw refused('expired')
  return pushed
}

const refused = (rule: 'unknown' | 'used' | 'expired') =>
  invalidRequestUri(`oauth/pushed-request/${rule}`, 'request_uri is unknown, used or expired')
