import { crossSiteRequest } from './errors.ts'

/**
 * Refuses a form that was not posted from our own pages.
 *
 * A missing Origin is refused too: every browser sends it with a POST. With `Referrer-Policy:
 * no-referrer` browsers would send `null`, which is why the pages use `same-origin`.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6454#section-7
 * @param presented the Origin header, unverified
 * @throws ProtocolError `cross_site_request`
 */
export function verifyOrigin(presented: string | undefined, issuer: string): void {
  if (presented !== new URL(issuer).origin) {
    throw crossSiteRequest('signin/origin', 'this form was sent from another site')
  }
}
