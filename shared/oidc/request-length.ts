import { requestTooLarge } from '#shared/oauth/errors.ts'

const maximalLength = 4096

/** Bytes inside the sealed interaction: in JSON a quotation mark or a backslash takes two. */
const lengthInJson = (text: string): number => Buffer.byteLength(JSON.stringify(text)) - '""'.length

/**
 * Refuses a request that would not fit into a URL of our own, in which it travels on.
 *
 * The gateway takes 10,240 bytes of request line and headers, and a sealed request grows by a third.
 *
 * @param request the query or the encoded form, unverified
 * @throws ProtocolError `invalid_request`
 */
export function verifyRequestLength(request: string): void {
  if (lengthInJson(request) > maximalLength) {
    throw requestTooLarge('oidc/request-length', 'the request is longer than 4096 characters')
  }
}

/** Of the 10,240 bytes that the gateway takes, what its other headers leave to our own URL. */
const maximalInteractionLength = 7800

/**
 * Refuses a request that would not fit into a URL with what it asks of the person; pushed, it would.
 *
 * @param sealed the interaction as it travels
 * @throws ProtocolError `invalid_request`
 */
export function verifyInteractionLength(sealed: string): void {
  if (sealed.length > maximalInteractionLength) {
    throw requestTooLarge(
      'oidc/request-length/interaction',
      'the request is so long that it must be pushed',
    )
  }
}
