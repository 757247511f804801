import type { ClientId, SessionHash, UserId } from '#shared/kernel/ids.ts'
import { type EpochSeconds, isExpired, plus, seconds } from '#shared/kernel/time.ts'
import { interactionExpired, interactionForeign } from './errors.ts'

/** How long a person may take from the first page to the last. */
export const interactionLifetime = seconds(30 * 60)

/** What must be true of a session before the protocol's answer may be given. */
export interface Requirements {
  /** The user must have authenticated at this moment or later. */
  readonly authenticatedSince?: EpochSeconds
  /** The user must have authenticated anew: this session, which was there at the start, does not count. */
  readonly otherThan?: SessionHash
  /** The user must have authenticated with all methods of one of these lists. */
  readonly methods?: readonly (readonly string[])[]
  /** The user must be this one. */
  readonly subject?: UserId
  /** The user must have allowed all this to the client; `again` means in this very interaction. */
  readonly consent?: {
    readonly scopes: readonly string[]
    readonly again: boolean
    /** What the access is for. */
    readonly services?: readonly ConsentService[]
    readonly details?: readonly ConsentDetail[]
  }
}

/** A resource server, by its identifier and by the name that a person knows. */
export interface ConsentService {
  readonly resource: string
  readonly name: string
}

/** Something particular that the person allows, said in words. */
export interface ConsentDetail {
  readonly title: string
  readonly lines: readonly DetailLine[]
}

/** What has parts has a line for each of them. */
export type DetailLine = readonly [name: string, value: string | readonly DetailLine[]]

/**
 * A pending request on its way through the pages, sealed into their forms.
 *
 * Sign-in knows no protocol: `request` is opaque to it, and `returnTo` is where it hands over.
 */
export interface Interaction {
  /** Path below the tenant. */
  readonly returnTo: string
  readonly request: string
  /** Absent on the way to a page of our own. */
  readonly client?: ClientId
  readonly clientName?: string
  /** SHA-256 of the browser cookie: the pages belong to the browser that began. */
  readonly browser: string
  readonly expiresAt: EpochSeconds
  readonly requirements: Requirements
  readonly loginHint?: string
  readonly uiLocales?: string
  /** The session that is asked for consent; another one cannot answer for it. */
  readonly session?: SessionHash
  readonly outcome?: 'allowed' | 'denied'
  /** When a page last handed back to the protocol. */
  readonly returnedAt?: EpochSeconds
}

/** How long the way from a page back to the protocol may take: one redirect. */
const returnLifetime = seconds(60)

/**
 * Checks that an interaction has come straight from a page.
 *
 * Its address stays in the history of the browser: whoever finds it there later has not answered.
 *
 * @throws ProtocolError `interaction_expired`
 */
export function verifyReturn(interaction: Interaction, now: EpochSeconds): void {
  const { returnedAt } = interaction
  if (returnedAt !== undefined && !isExpired(plus(returnedAt, returnLifetime), now)) return
  throw interactionExpired('signin/interaction/return', 'this page has expired, start again')
}

/**
 * Checks that a sealed interaction is ours, still running and this browser's.
 *
 * @param opened what the sealer answered
 * @param browser hash of the browser cookie that was presented
 * @spec https://www.rfc-editor.org/rfc/rfc9700#section-4.7 login CSRF
 * @throws ProtocolError `interaction_expired` or `interaction_foreign`
 */
export function verifyInteraction(
  opened: Interaction | undefined,
  browser: string | undefined,
  now: EpochSeconds,
): Interaction {
  if (opened === undefined || isExpired(opened.expiresAt, now)) {
    throw interactionExpired('signin/interaction/expired', 'this page has expired, start again')
  }
  // Other things are sealed beside interactions, and those name no browser at all.
  if (browser === undefined || opened.browser !== browser) {
    throw interactionForeign(
      'signin/interaction/browser',
      'this page was opened in another browser',
    )
  }
  return opened
}
