import { withQuery } from '#shared/kernel/with-query.ts'
import type { Client } from '#shared/oauth/client/client.ts'

/**
 * The address that a browser loads to end its session at a client; issuer and session where the client needs them.
 *
 * @spec https://openid.net/specs/openid-connect-frontchannel-1_0.html#RPLogout
 * @param sid as the client knows the session
 * @returns `undefined` for a client that listens to none
 */
export function frontchannelLogoutUri(
  { logout }: Pick<Client, 'logout'>,
  issuer: string,
  sid: string,
): string | undefined {
  const uri = logout?.frontchannelUri
  if (uri === undefined || logout?.frontchannelSessionRequired !== true) return uri
  return withQuery(uri, { iss: issuer, sid })
}
