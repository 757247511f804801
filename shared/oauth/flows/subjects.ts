import { type SessionId, trusted, type UserId } from '#shared/kernel/ids.ts'
import { readVersioned, versioned } from '#shared/kernel/sealed-content.ts'
import type { Sealer } from '#shared/ports/sealer.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import type { Client } from '../client/client.ts'
import {
  isPairwise,
  type PairwiseSession,
  type PairwiseSubject,
  pairwiseSession,
  pairwiseSubject,
} from '../token/subject-identifier.ts'

/**
 * Answers the `sub` by which a client knows a user: always the same, and to a `pairwise` client one
 * that no client of another sector knows.
 *
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#SubjectIDTypes
 */
export const subjectFor =
  (ports: { readonly sealer: Pick<Sealer, 'sealDeterministically'> }) =>
  async (tenant: Tenant, client: Client, user: UserId): Promise<string> =>
    client.subjectType === 'pairwise'
      ? ports.sealer.sealDeterministically(
          'pairwise',
          tenant.id,
          versioned(pairwiseSubject(client, user)),
        )
      : user

/**
 * Answers the user that a `sub` of ours names, whoever knows it by that.
 *
 * @param subject of a token whose signature has been verified
 */
export const userOfSubject =
  (ports: { readonly sealer: Pick<Sealer, 'open'> }) =>
  async (tenant: Tenant, subject: string): Promise<UserId | undefined> => {
    if (!isPairwise(subject)) return trusted<UserId>(subject)
    const opened = await ports.sealer.open('pairwise', tenant.id, subject)
    return readVersioned<PairwiseSubject>(opened)?.user
  }

/**
 * Answers the user whom a client means by a `sub`, as it knows them itself.
 *
 * What a client of another sector knows a user by says nothing to this one: else the two could find out
 * together whether their users are the same.
 *
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#PairwiseAlg
 * @param subject unverified
 */
export const userKnownAs =
  (ports: { readonly sealer: Pick<Sealer, 'open' | 'sealDeterministically'> }) =>
  async (tenant: Tenant, client: Client, subject: string): Promise<UserId | undefined> => {
    const user = await userOfSubject(ports)(tenant, subject)
    if (user === undefined) return undefined
    return (await subjectFor(ports)(tenant, client, user)) === subject ? user : undefined
  }

/**
 * Answers the `sid` by which a client knows a session: to a `pairwise` client one of its own sector.
 *
 * A `sid` that they share would tell clients of two sectors that their users are the same.
 *
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#PairwiseAlg
 * @spec https://openid.net/specs/openid-connect-frontchannel-1_0.html#OPLogout
 */
export const sessionIdFor =
  (ports: { readonly sealer: Pick<Sealer, 'sealDeterministically'> }) =>
  async (tenant: Tenant, client: Client, sid: SessionId): Promise<string> =>
    client.subjectType === 'pairwise'
      ? ports.sealer.sealDeterministically(
          'pairwise',
          tenant.id,
          versioned(pairwiseSession(client, sid)),
        )
      : sid

/**
 * Answers the session that a `sid` of ours names, whoever knows it by that.
 *
 * @param sid of a token whose signature has been verified
 */
export const sessionOfId =
  (ports: { readonly sealer: Pick<Sealer, 'open'> }) =>
  async (tenant: Tenant, sid: string): Promise<SessionId | undefined> => {
    if (!isPairwise(sid)) return trusted<SessionId>(sid)
    const opened = await ports.sealer.open('pairwise', tenant.id, sid)
    return readVersioned<PairwiseSession>(opened)?.sid
  }
