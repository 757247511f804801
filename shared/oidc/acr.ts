import { invalidRequest } from '#shared/oauth/errors.ts'
import {
  type AuthenticationContext,
  defaultAuthenticationContexts,
} from '#shared/tenant/authentication-context.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { unmetAuthenticationRequirements } from './errors.ts'

/** What a client asks of the way in which the user authenticates. */
export interface RequestedAcr {
  /** In the order of preference. */
  readonly values: readonly string[]
  /** Nothing else will do. */
  readonly isEssential: boolean
}

/** The methods that our sign-in pages offer. */
const offeredMethods = ['pwd']

const maximalLength = 1024

/**
 * Reads `acr_values`, which is a wish.
 *
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest
 * @param presented unverified
 * @throws ProtocolError `invalid_request`
 */
export function parseAcrValues(presented: string | undefined): readonly string[] {
  if ((presented?.length ?? 0) > maximalLength) {
    throw invalidRequest('oidc/acr-values/length', 'acr_values is too long')
  }
  return presented?.split(' ').filter(Boolean) ?? []
}

/** The classes of a tenant, the weakest first. */
export const authenticationContextsOf = ({ settings }: Tenant): readonly AuthenticationContext[] =>
  settings.authenticationContexts ?? defaultAuthenticationContexts

const isMet = ({ amr }: AuthenticationContext, methods: readonly string[]): boolean =>
  amr.every((method) => methods.includes(method))

/**
 * The class that an authentication is said to be of: the best that was asked for, else the strongest.
 *
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#acrSemantics
 * @param methods RFC 8176 words of the session
 */
export function acrOf(
  tenant: Tenant,
  methods: readonly string[],
  requested: readonly string[] = [],
): string | undefined {
  const met = authenticationContextsOf(tenant).filter((context) => isMet(context, methods))
  return requested.find((value) => met.some(({ acr }) => acr === value)) ?? met.at(-1)?.acr
}

/**
 * The methods that the user must authenticate with, each list for itself enough; absent when any will do.
 *
 * @spec https://openid.net/specs/openid-connect-unmet-authentication-requirements-1_0-final.html#section-1
 * @throws ProtocolError `unmet_authentication_requirements` when our pages could never bring it about
 */
export function requiredMethods(
  tenant: Tenant,
  requested: RequestedAcr | undefined,
): readonly (readonly string[])[] | undefined {
  if (!requested?.isEssential || requested.values.length === 0) return undefined
  const enough = authenticationContextsOf(tenant).filter(
    (context) => requested.values.includes(context.acr) && isMet(context, offeredMethods),
  )
  if (enough.length > 0) return enough.map(({ amr }) => amr)
  throw unmetAuthenticationRequirements('oidc/acr/unmet', 'no acr that was asked for can be met')
}
