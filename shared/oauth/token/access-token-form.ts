import type { SigningAlgorithm } from '#shared/jose/algorithms.ts'
import { type Seconds, seconds } from '#shared/kernel/time.ts'
import { signingAlgorithmFor } from '#shared/tenant/signing-algorithm.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import type { Client } from '../client/client.ts'
import { invalidTarget } from '../errors.ts'
import type { AccessTokenFormat, ResourceServer } from './resource-server.ts'

/** What an access token is like, beside what it says. */
export interface AccessTokenForm {
  readonly format: AccessTokenFormat
  readonly alg: SigningAlgorithm
  readonly lifetime: Seconds
}

/**
 * Decides the form of a token: each resource server says what it takes, the client what is left open.
 *
 * Resource servers that take different forms cannot be served by one token.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8707#section-2
 * @param resources those that the token is for; none: the issuer itself
 * @throws ProtocolError `invalid_target`
 */
export function accessTokenForm(
  tenant: Tenant,
  client: Client,
  resources: readonly ResourceServer[],
): AccessTokenForm {
  const { accessTokenLifetime } = tenant.settings
  const lifetimes = resources.map((resource) => resource.accessTokenLifetime ?? accessTokenLifetime)
  const wanted = agreed(
    resources.map(({ accessTokenSigningAlg }) => accessTokenSigningAlg),
    client.accessTokenSigningAlg,
  )
  return {
    format: agreed(
      resources.map(({ accessTokenFormat }) => accessTokenFormat),
      client.accessTokenFormat ?? 'jwt',
    ),
    alg: signingAlgorithmFor(tenant, wanted),
    lifetime: seconds(Math.min(...(lifetimes.length === 0 ? [accessTokenLifetime] : lifetimes))),
  }
}

function agreed<Choice>(wanted: readonly (Choice | undefined)[], open: Choice): Choice {
  const [choice = open, ...others] = new Set(wanted.map((choice) => choice ?? open))
  if (others.length === 0) return choice
  throw invalidTarget('oauth/resource/mixed', 'these resources cannot share an access token')
}
