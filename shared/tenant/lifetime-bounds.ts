import { seconds } from '#shared/kernel/time.ts'

/** The longest lifetime that a tenant may give an access token or an ID token: a day. */
export const longestTokenLifetime = seconds(24 * 60 * 60)

/** The longest lifetime that a tenant may give a refresh token: a year. */
export const longestRefreshTokenLifetime = seconds(365 * 24 * 60 * 60)
