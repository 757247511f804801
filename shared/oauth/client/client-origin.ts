import { isHostOf } from '#shared/tenant/self-registration.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import type { Client } from './client.ts'
import { isClientIdUrl } from './client-id-url.ts'

/** True for a client that the operator has declared, and whose metadata is therefore believed. */
export const isOfOperator = ({ id, dynamicRegistration }: Client): boolean =>
  dynamicRegistration === undefined && !isClientIdUrl(id)

/**
 * True for a client that anybody can be, whatever it proves: the operator has neither declared it, nor
 * handed out a token for its registration, nor named the host of its document.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7591#section-5
 */
export function isStranger({ settings }: Pick<Tenant, 'settings'>, client: Client): boolean {
  if (isOfOperator(client)) return false
  if (client.dynamicRegistration !== undefined) {
    return client.dynamicRegistration.policy === undefined
  }
  const { hostname } = new URL(client.id)
  const named = settings.selfRegistration?.documentHosts?.filter((pattern) => pattern !== '*') ?? []
  return !named.some((pattern) => isHostOf(pattern, hostname))
}
