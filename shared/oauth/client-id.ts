import type { ClientId } from '#shared/kernel/ids.ts'

/** Every audit event carries it, and an event has 300 bytes. */
export const clientIdMaxLength = 100

/** `client-id = *VSCHAR`, visible ASCII and the space; ours has at least one character. */
export const clientIdPattern = /^[\x20-\x7e]+$/

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
