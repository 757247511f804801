import { sha256Base64url } from '#shared/kernel/digest.ts'
import type { SessionId, UserId } from '#shared/kernel/ids.ts'
import type { Client } from '../client/client.ts'
import { isClientIdUrl } from '../client/client-id-url.ts'

/** What a pairwise subject seals: whom it names, and to whom. */
export interface PairwiseSubject {
  readonly sector: string
  readonly user: UserId
}

/**
 * What the clients that know a user by the same subject have in common: their host.
 *
 * A loopback address or a private scheme belongs to nobody, so such a client is a sector of its own. A
 * client by document lives where the document lies: its redirect URIs are others from one moment to the next.
 *
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#PairwiseAlg
 */
export function sectorOf(client: Client): string {
  const home = isClientIdUrl(client.id) ? client.id : client.redirectUris[0]
  const uri = client.sectorIdentifierUri ?? home
  const isHosted = uri !== undefined && /^https:/.test(uri) && URL.canParse(uri)
  return isHosted ? new URL(uri).hostname : `client ${client.id}`
}

/** True where a client knows people by other subjects than it did when it was registered like that. */
export const knowsPeopleAnew = (before: Client, after: Client): boolean =>
  subjectsOf(before) !== subjectsOf(after)

const subjectsOf = (client: Client): string =>
  client.subjectType === 'pairwise' ? `pairwise ${sectorOf(client)}` : 'public'

/** The sector by its hash: a `sub` has 255 characters at most, and a host can be as long. */
export const pairwiseSubject = (client: Client, user: UserId): PairwiseSubject => ({
  sector: sha256Base64url(sectorOf(client)),
  user,
})

/** What the session id of a pairwise client seals. */
export interface PairwiseSession {
  readonly sector: string
  readonly sid: SessionId
}

export const pairwiseSession = (client: Client, sid: SessionId): PairwiseSession => ({
  sector: sha256Base64url(sectorOf(client)),
  sid,
})

/** The ids of users and sessions are base64url, and every sealed text has a separator that is not. */
export const isPairwise = (id: string): boolean => id.includes('.')
