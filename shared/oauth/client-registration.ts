import { isDeepStrictEqual } from 'node:util'
import { sha256Base64url } from '#shared/kernel/digest.ts'
import { type TenantId, trusted } from '#shared/kernel/ids.ts'
import type { Secret } from '#shared/kernel/secret.ts'
import { type EpochSeconds, epochSeconds, nextSecond, seconds } from '#shared/kernel/time.ts'
import type { Client, SecretHash } from './client.ts'
import type { ClientMetadata } from './client-metadata.ts'

/** The one form in which a client secret is kept. */
export const clientSecretHash = (secret: Secret): SecretHash =>
  trusted<SecretHash>(sha256Base64url(secret.reveal()))

/** A client that signs users in may ask for `openid` unless its metadata says otherwise. */
function scopesOf(metadata: ClientMetadata): readonly string[] {
  if (metadata.scope !== undefined) return [...new Set(metadata.scope.split(' '))]
  return metadata.grant_types.includes('authorization_code') ? ['openid'] : []
}

const linksOf = (metadata: ClientMetadata) => ({
  ...(metadata.client_uri !== undefined && { clientUri: metadata.client_uri }),
  ...(metadata.logo_uri !== undefined && { logoUri: metadata.logo_uri }),
  ...(metadata.policy_uri !== undefined && { policyUri: metadata.policy_uri }),
  ...(metadata.tos_uri !== undefined && { tosUri: metadata.tos_uri }),
})

/**
 * The record of a client as its registration metadata describe it; the secret stays behind, hashed.
 *
 * @param registered the record that the metadata replace: unless the client loses a credential, what was
 *   issued to it stays valid
 */
export function toClient(
  tenant: TenantId,
  metadata: ClientMetadata,
  registered: Client | undefined,
  now: EpochSeconds,
): Client {
  const declared = declaredClient(tenant, metadata)
  if (registered === undefined) return { ...declared, validAfter: epochSeconds(0) }
  const validAfter = losesCredential(registered, declared) ? nextSecond(now) : registered.validAfter
  return { ...declared, validAfter }
}

/** A credential is taken away because it may be in other hands, and so may what it was used to get. */
const losesCredential = (registered: Client, declared: Omit<Client, 'validAfter'>): boolean =>
  registered.tokenEndpointAuthMethod !== declared.tokenEndpointAuthMethod ||
  !registered.secretHashes.every((hash) => declared.secretHashes.includes(hash)) ||
  !registered.keys.every((key) => declared.keys.some((kept) => isDeepStrictEqual(kept, key)))

const declaredClient = (
  tenant: TenantId,
  metadata: ClientMetadata,
): Omit<Client, 'validAfter'> => ({
  tenant,
  id: metadata.client_id,
  name: metadata.client_name ?? metadata.client_id,
  applicationType: metadata.application_type,
  redirectUris: metadata.redirect_uris,
  postLogoutRedirectUris: metadata.post_logout_redirect_uris,
  grantTypes: metadata.grant_types,
  tokenEndpointAuthMethod: metadata.token_endpoint_auth_method,
  secretHashes:
    metadata.client_secret === undefined ? [] : [clientSecretHash(metadata.client_secret)],
  keys: metadata.jwks?.keys ?? [],
  scopes: scopesOf(metadata),
  skipConsent: metadata.skip_consent,
  ...(metadata.default_max_age !== undefined && {
    defaultMaxAge: seconds(metadata.default_max_age),
  }),
  ...linksOf(metadata),
})
