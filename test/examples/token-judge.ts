import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose'

/**
 * Verifies a token the way a service of AWS does: discovery, keys, signature and times.
 *
 * Whom the token is for is judged by the caller, by the settings of the service.
 *
 * @throws Error with the reason
 */
export async function verified(token: string, issuer: string): Promise<JWTPayload> {
  const discovery = await fetch(`${issuer}/.well-known/openid-configuration`)
  const metadata = new Map(Object.entries(Object(await discovery.json())))
  if (metadata.get('issuer') !== issuer) throw new Error(`this is not ${issuer}`)
  const algorithms = ['RS256', 'RS384', 'RS512']
  const set = createRemoteJWKSet(new URL(String(metadata.get('jwks_uri'))))
  const { payload } = await jwtVerify(token, set, { issuer, algorithms }).catch(
    (error: unknown) => {
      throw error instanceof errors.JOSEError ? new Error(error.code) : error
    },
  )
  return payload
}

/** The audiences of a token, as a list. */
export const audiencesOf = ({ aud = [] }: JWTPayload): readonly string[] => [aud].flat()
