import type { SigningAlgorithm } from '#shared/jose/algorithms.ts'
import type { ClientId, TenantId } from '#shared/kernel/ids.ts'
import type { PublicJwk } from '../client/client.ts'

/** Claims by name, each with its exact value or, with a trailing `*`, how it begins. */
export type ClaimPatterns = Readonly<Record<string, string>>

/** Whom somebody is here whom the issuer vouches for. */
export type IssuerMapping =
  /** A workload, which needs no other proof that it is this client. */
  | { readonly match: ClaimPatterns; readonly client: ClientId }
  /** A user, named by a claim. */
  | {
      readonly match: ClaimPatterns
      /** The claim that holds the `userName`. */
      readonly userNameClaim: string
      /** The clients that may bring such a token. */
      readonly clients: readonly ClientId[]
      /** What they may be given for it. */
      readonly scopes: readonly string[]
      readonly resources?: readonly string[]
    }

/**
 * Somebody else whose word counts for a tenant: a CI system, a cluster, a cloud, another identity provider.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7521#section-3
 */
export interface TrustedIssuer {
  readonly tenant: TenantId
  readonly issuer: string
  /** `aws`: its word is the answer of the AWS Security Token Service. */
  readonly type: 'jwt' | 'aws'
  readonly keys: readonly PublicJwk[]
  /** Absent, with no `keys` either: the metadata of the issuer say where its keys are. */
  readonly jwksUri?: string
  /** Absent: our issuer and our token endpoint. */
  readonly audiences?: readonly string[]
  /** Absent: all that client assertions may be signed with. */
  readonly algorithms?: readonly SigningAlgorithm[]
  /** The first one that matches counts. */
  readonly mappings: readonly IssuerMapping[]
}

/** What an issuer says of somebody, verified. */
export type ExternalClaims = Readonly<Record<string, unknown>>

const isMatched = (pattern: string, value: unknown): boolean => {
  if (typeof value !== 'string') return false
  if (!pattern.endsWith('*')) return value === pattern
  const beginning = pattern.slice(0, -1)
  return value.length > beginning.length && value.startsWith(beginning)
}

/** True when every claim that the mapping names is as the mapping says. */
export const isMapped = ({ match }: IssuerMapping, claims: ExternalClaims): boolean =>
  Object.entries(match).every(
    ([name, pattern]) => Object.hasOwn(claims, name) && isMatched(pattern, claims[name]),
  )

/**
 * Says what is wrong with a pattern, or `undefined` for a good one.
 *
 * A beginning ends where a name ends: `repo:acme*` would be `repo:acme-of-somebody-else` too.
 */
export function problemOfPattern(pattern: string): string | undefined {
  const star = pattern.indexOf('*')
  if (star === -1) return undefined
  if (star < pattern.length - 1) return 'may hold one * only, as its last character'
  return /[A-Za-z0-9][:/]\*$/.test(pattern)
    ? undefined
    : 'must end with a name and a : or / before the *, so that no longer name begins like it'
}

/** The client that somebody is; the mappings of users are passed over. */
export function clientOf(
  { mappings }: TrustedIssuer,
  claims: ExternalClaims,
): ClientId | undefined {
  const found = mappings.find((mapping) => 'client' in mapping && isMapped(mapping, claims))
  return found && 'client' in found ? found.client : undefined
}

/** How somebody is a user, for a client that may say so. */
export type UserMapping = Extract<IssuerMapping, { userNameClaim: string }>

const isOfUser = (mapping: IssuerMapping): mapping is UserMapping => 'userNameClaim' in mapping

/** The first mapping that makes somebody a user; the mappings of workloads are passed over. */
export const userMappingOf = (
  { mappings }: TrustedIssuer,
  claims: ExternalClaims,
): UserMapping | undefined => mappings.filter(isOfUser).find((mapping) => isMapped(mapping, claims))

/** The `userName` that a mapping finds; an address counts only where its owner has been asked. */
export function userNameIn(
  { userNameClaim }: UserMapping,
  claims: ExternalClaims,
): string | undefined {
  const name = Object.hasOwn(claims, userNameClaim) ? claims[userNameClaim] : undefined
  if (typeof name !== 'string' || name === '') return undefined
  return userNameClaim === 'email' && claims['email_verified'] !== true ? undefined : name
}
