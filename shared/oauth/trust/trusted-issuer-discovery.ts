import { isRecord, parseJson } from '#shared/kernel/json.ts'
import { problemOfWebUri } from '../registration/web-uri.ts'

/** @spec https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfigurationRequest */
export const issuerMetadataUrl = (issuer: string): string =>
  `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`

/**
 * Reads from the metadata of an issuer where its keys are; `undefined` for anybody else's metadata.
 *
 * @spec https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfigurationValidation
 * @param text unverified
 */
export function jwksUriIn(text: string, issuer: string): string | undefined {
  const metadata = parseJson(text)
  if (!isRecord(metadata)) return undefined
  const { issuer: named, jwks_uri: uri } = metadata
  if (named !== issuer || typeof uri !== 'string') return undefined
  return problemOfWebUri(uri) === undefined ? uri : undefined
}
