import type { ClientId } from '#shared/kernel/ids.ts'

/** Every audit event carries it, and an event has 300 bytes. */
export const clientIdMaxLength = 100

/** `client-id = *VSCHAR`, visible ASCII and the space; ours has at least one character. */
const clientIdPattern = /^[\x20-\x7e]+$/

/**
 * True for what looks like the id of a user, which nobody may choose for a client: APIs tell who called by `sub`.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9700#section-4.15
 */
export const looksLikeUserId = (text: string): boolean => /^[\w-]{22}$/.test(text)

const isClientId = (text: string): text is ClientId =>
  text.length <= clientIdMaxLength && clientIdPattern.test(text)

/**
 * Answers the client id, or `undefined` for any text that can be none.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6749#appendix-A.1
 * @param text unverified
 */
export const clientId = (text: string): ClientId | undefined =>
  isClientId(text) ? text : undefined
