import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import type { Client } from './client.ts'
import { isClientIdUrl } from './client-id-url.ts'
import { isOfOperator } from './client-origin.ts'

/** The links that people are shown beside a client's name. */
export type ClientLinks = Pick<Client, 'clientUri' | 'policyUri' | 'tosUri'>

/**
 * The links of a client, of which nobody but the client itself may know anything.
 *
 * One that has registered itself can claim any address. What it cannot choose is the host that it has
 * people sent back to, or that its document lies on: it is shown as living there, and no link leads
 * anywhere else.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7591#section-5
 * @spec https://www.ietf.org/archive/id/draft-ietf-oauth-client-id-metadata-document-02.html#section-8.5
 */
export function linksOf(client: Client): ClientLinks {
  const { clientUri, policyUri, tosUri } = client
  if (isOfOperator(client)) return withoutAbsent({ clientUri, policyUri, tosUri })
  const homes = isClientIdUrl(client.id) ? [client.id] : client.redirectUris
  const origins = homes.flatMap(originOf)
  const own = (uri: string | undefined) =>
    uri !== undefined && originOf(uri).some((origin) => origins.includes(origin)) ? uri : undefined
  return withoutAbsent({
    clientUri: own(clientUri) ?? origins[0],
    policyUri: own(policyUri),
    tosUri: own(tosUri),
  })
}

/** An app's own scheme is no host. */
const originOf = (uri: string): readonly string[] =>
  /^https?:/.test(uri) && URL.canParse(uri) ? [new URL(uri).origin] : []
