import type { LookupAddress } from 'node:dns'
import { lookup } from 'node:dns/promises'
import { isLoopbackAddress, isPublicAddress } from '#shared/kernel/public-address.ts'

export type Destination =
  | { readonly kind: 'public' | 'loopback'; readonly addresses: readonly LookupAddress[] }
  | { readonly kind: 'refused'; readonly rule: string }

export type Resolve = (host: string) => Promise<readonly LookupAddress[]>

export const systemResolve: Resolve = (host) => lookup(host, { all: true })

/**
 * Resolves a host once; whoever connects takes these addresses, for a second answer might be another one.
 *
 * One address that is not public spoils the host: which of them is taken is not for us to choose.
 *
 * @spec https://github.com/OWASP/ASVS/blob/v5.0.0/5.0/en/0x10-V1-Encoding-and-Sanitization.md 1.3.6
 */
export async function findDestination(
  { protocol, hostname }: URL,
  { resolve, allowsLoopback }: { readonly resolve: Resolve; readonly allowsLoopback: boolean },
): Promise<Destination> {
  const addresses = await resolve(hostname.replace(/^\[(.*)\]$/, '$1'))
  const every = (isOne: (address: string) => boolean) =>
    addresses.length > 0 && addresses.every(({ address }) => isOne(address))
  if (allowsLoopback && every(isLoopbackAddress)) return { kind: 'loopback', addresses }
  if (protocol !== 'https:') return { kind: 'refused', rule: 'http/fetch/scheme' }
  if (!every(isPublicAddress)) return { kind: 'refused', rule: 'http/fetch/address' }
  return { kind: 'public', addresses }
}
