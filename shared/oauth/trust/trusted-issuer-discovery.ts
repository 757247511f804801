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
  try {
    const metadata: unknown = JSON.parse(text)
    if (typeof metadata !== 'object' || metadata === null) return undefined
    const { issuer: named, jwks_uri: uri }: { issuer?: unknown; jwks_uri?: unknown } = metadata
    if (named !== issuer || typeof uri !== 'string') return undefined
    return problemOfWebUri(uri) === undefined ? uri : undefined
  } catch {
    return undefined
  }
}
