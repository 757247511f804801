import { z } from 'zod'
import type { TenantId } from '#shared/kernel/ids.ts'
import { Secret } from '#shared/kernel/secret.ts'
import { epochSeconds } from '#shared/kernel/time.ts'
import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import { registrationPolicy } from '#shared/tenant/self-registration-settings.ts'
import { isStrongClientSecret, requiredSecretBits } from '../client/client-secret-strength.ts'
import { type InitialAccessToken, initialAccessTokenHash } from './initial-access-token.ts'

/** An initial access token as the operator declares it. */
export const declaredInitialAccessToken = z.strictObject({
  token: z
    .string()
    .max(512)
    .regex(/^[\w.~+/-]+=*$/, 'must hold only the characters of a bearer token')
    .refine(isStrongClientSecret, {
      error: `must hold ${requiredSecretBits} random bits, such as 43 random characters of base64url`,
    })
    .transform((token) => new Secret(token))
    .describe('Only its hash is kept.'),
  expiresAt: z.iso
    .datetime({ offset: true })
    .transform((text) => epochSeconds(Math.floor(Date.parse(text) / 1000)))
    .exactOptional(),
  maximalUses: z
    .int()
    .min(1)
    .max(1_000_000)
    .exactOptional()
    .describe('How many clients it may register. Without it, any number.'),
  ...registrationPolicy,
})

export type DeclaredInitialAccessToken = z.output<typeof declaredInitialAccessToken>

/** @param uses how often it has been used before */
export function toInitialAccessToken(
  tenant: TenantId,
  declared: DeclaredInitialAccessToken,
  uses: number,
): InitialAccessToken {
  const { token, expiresAt, maximalUses, ...policy } = declared
  const bounds = withoutAbsent({ expiresAt, maximalUses })
  return { tenant, tokenHash: initialAccessTokenHash(token), ...bounds, uses, policy }
}
