import type { SessionId } from '#shared/kernel/ids.ts'
import type { Client } from '#shared/oauth/client.ts'

/**
 * The address that a browser loads to end its session at a client; issuer and session where the client needs them.
 *
 * @spec https://openid.net/specs/openid-connect-frontchannel-1_0.html#RPLogout
 * @returns `undefined` for a client that listens to none
 */
export function frontchannelLogoutUri(
  { logout }: Pick<Client, 'logout'>,
  issuer: string,
  sid: SessionId,
): string | undefined {
  const uri = logout?.frontchannelUri
  if (uri === undefined || logout?.frontchannelSessionRequired !== true) return uri
  const joint = uri.includes('?') ? '&' : '?'
  return `${uri}${joint}${new URLSearchParams({ iss: issuer, sid })}`
}
