import { readVersioned, versioned } from '#shared/kernel/sealed-content.ts'
import type { AccessToken } from './access-token.ts'

/**
 * What an opaque access token says; sealed, it is the token itself, so that nothing is stored.
 *
 * Only the introspection endpoint and our own resources can open it.
 */
export const opaqueTokenContent = (token: AccessToken): object => versioned(token)

/** @param opened the content as the sealer opened it, `undefined` when it was not ours */
export const readOpaqueToken = (opened: unknown): AccessToken | undefined =>
  readVersioned<AccessToken>(opened)
