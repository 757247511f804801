import type { RegisteredGrantType } from '../client/client.ts'
import type { ClientMetadata } from './client-metadata.ts'
import type { MetadataProblem } from './metadata-rule.ts'

/** What these lead to comes by a redirect URI, or is about nobody. */
const byRedirect: readonly RegisteredGrantType[] = [
  'authorization_code',
  'client_credentials',
  'implicit',
  'refresh_token',
]

const hostOf = (uri: string): string | undefined => URL.parse(uri)?.hostname

/**
 * Lists what would tell a client that registers itself the subjects of a sector that is none of its own.
 *
 * Anybody can name the host of somebody else in `redirect_uris`. That does no harm while all that says
 * how people are called there goes to that host.
 *
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#PairwiseAlg
 * @spec https://openid.net/specs/openid-connect-registration-1_0.html#SectorIdentifierValidation
 */
export function problemsOfSector(
  metadata: Pick<
    ClientMetadata,
    | 'subject_type'
    | 'sector_identifier_uri'
    | 'redirect_uris'
    | 'grant_types'
    | 'backchannel_logout_uri'
  >,
): readonly MetadataProblem[] {
  const hosts = metadata.redirect_uris.filter((uri) => uri.startsWith('https:')).map(hostOf)
  const isShared = hosts.length > 0 || metadata.sector_identifier_uri !== undefined
  if (metadata.subject_type !== 'pairwise' || !isShared) return []
  const problems: MetadataProblem[] = []
  if (metadata.grant_types.some((grant) => !byRedirect.includes(grant))) {
    const message = 'must be public with a grant type whose tokens come by no redirect URI'
    problems.push({ path: ['subject_type'], message })
  }
  const { backchannel_logout_uri: notified } = metadata
  if (notified !== undefined && !hosts.includes(hostOf(notified))) {
    const message = 'must have the host of one of the redirect_uris where subjects are pairwise'
    problems.push({ path: ['backchannel_logout_uri'], message })
  }
  return problems
}
