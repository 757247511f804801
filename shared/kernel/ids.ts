import type { Brand } from './brand.ts'

/** `[a-z0-9-]`, 2 to 40 characters, not reserved; made by `tenantId()` in tenant/tenant-id.ts. */
export type TenantId = Brand<string, 'TenantId'>

/** RFC 6749 appendix A.1 characters; made by `clientId()` in oauth/client-id.ts. */
export type ClientId = Brand<string, 'ClientId'>

/** Random, at least 128 bits, base64url; never the userName. */
export type UserId = Brand<string, 'UserId'>

/** Random, at least 128 bits, base64url. */
export type GroupId = Brand<string, 'GroupId'>

/** Names a session to clients, as the `sid` claim, and in the table; not its secret. */
export type SessionId = Brand<string, 'SessionId'>

/** SHA-256 of a session's secret, which only the browser's cookie holds. */
export type SessionHash = Brand<string, 'SessionHash'>

/** The `jti` of the authorization code that opened the refresh family. */
export type FamilyId = Brand<string, 'FamilyId'>

/** How often a refresh family has been rotated; the first token has generation 0. */
export type Generation = Brand<number, 'Generation'>

/** Random per invocation: a failed condition that carries our own id is our retry, not a replay. */
export type AttemptId = Brand<string, 'AttemptId'>

/** The AWS Region a stored thing lives in, such as `eu-central-1`. */
export type Region = Brand<string, 'Region'>

/** Brands a value that comes from our own random source or our own table. */
export const trusted = <Id extends string | number>(
  value: Id extends number ? number : string,
): Id => value as Id
