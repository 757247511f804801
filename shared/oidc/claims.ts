import { isDeepStrictEqual } from 'node:util'
import type { Address, Plural, User } from '#shared/directory/user.ts'

/** The scopes that stand for claims, each with the claims it asks for. */
export const claimsOfScope = {
  profile: [
    'name',
    'family_name',
    'given_name',
    'middle_name',
    'nickname',
    'preferred_username',
    'profile',
    'picture',
    'zoneinfo',
    'locale',
    'updated_at',
  ],
  email: ['email', 'email_verified'],
  phone: ['phone_number'],
  address: ['address'],
  groups: ['groups'],
} as const

/**
 * The claims about a user that the granted scopes allow; what is not known is left out, never null.
 *
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#StandardClaims
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#ScopeClaims
 * @param groups names of the user's groups, read only when their scope is granted
 */
export function userClaims(
  user: User,
  scopes: readonly string[],
  groups: readonly string[],
): Readonly<Record<string, unknown>> {
  const claims = {
    ...(scopes.includes('profile') ? profileClaims(user) : {}),
    ...(scopes.includes('email') ? emailClaims(user) : {}),
    ...(scopes.includes('phone') ? { phone_number: primaryOf(user.attributes.phoneNumbers) } : {}),
    ...(scopes.includes('address') ? { address: addressClaim(user) } : {}),
    ...(scopes.includes('groups') ? { groups } : {}),
  }
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => isPresent(value)))
}

/** What a client may be told of a person. */
interface Allowed {
  readonly scopes: readonly string[]
  /** By name, checked; with the values that will do where the client has said so. */
  readonly requested: Readonly<Record<string, unknown>>
}

/**
 * The claims that the granted scopes allow, and of those that were asked for by name all that are known.
 *
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#IndividualClaimsRequests one with another value than was asked for is left out
 */
export function allowedClaims(
  user: User,
  { scopes, requested }: Allowed,
  groups: readonly string[],
): Readonly<Record<string, unknown>> {
  const known = Object.entries(userClaims(user, Object.keys(claimsOfScope), groups))
  const named = known.filter(([name]) => Object.hasOwn(requested, name))
  const allowed = { ...userClaims(user, scopes, groups), ...Object.fromEntries(named) }
  return Object.fromEntries(
    Object.entries(allowed).filter(([name, value]) => willDo(value, requested[name])),
  )
}

const willDo = (value: unknown, request: unknown): boolean =>
  typeof request !== 'object' ||
  request === null ||
  !('values' in request) ||
  [request.values].flat().some((wanted) => isDeepStrictEqual(wanted, value))

const isPresent = (value: unknown): boolean => value !== undefined && value !== ''

function profileClaims({ attributes, updatedAt }: User) {
  const { name } = attributes
  return {
    name: attributes.displayName ?? name?.formatted ?? joined(name?.givenName, name?.familyName),
    family_name: name?.familyName,
    given_name: name?.givenName,
    middle_name: name?.middleName,
    nickname: attributes.nickName,
    preferred_username: attributes.userName,
    profile: attributes.profileUrl,
    picture: primaryOf(attributes.photos),
    zoneinfo: attributes.timezone,
    locale: attributes.locale ?? attributes.preferredLanguage,
    updated_at: updatedAt,
  }
}

function emailClaims(user: User) {
  const email = primaryOf(user.attributes.emails)
  return email === undefined ? {} : { email, email_verified: user.emailVerified }
}

/** @spec https://openid.net/specs/openid-connect-core-1_0.html#AddressClaim */
function addressClaim(user: User) {
  const address = primary<Address>(user.attributes.addresses)
  const members = {
    formatted: address?.formatted,
    street_address: address?.streetAddress,
    locality: address?.locality,
    region: address?.region,
    postal_code: address?.postalCode,
    country: address?.country,
  }
  const known = Object.entries(members).filter(([, value]) => isPresent(value))
  return known.length === 0 ? undefined : Object.fromEntries(known)
}

const primaryOf = (values: readonly Plural[] | undefined): string | undefined =>
  primary<Plural>(values)?.value

/** @spec https://www.rfc-editor.org/rfc/rfc7643#section-2.4 at most one is primary */
const primary = <Value extends { readonly primary?: boolean }>(
  values: readonly Value[] | undefined,
): Value | undefined => values?.find((value) => value.primary) ?? values?.[0]

const joined = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined).join(' ')
