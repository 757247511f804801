import type { Client } from './client.ts'
import { isClientIdUrl } from './client-id-url.ts'

/**
 * True for a client that its document says is to hear of logouts.
 *
 * The others are asked for by their ids when a session ends; of a client by document that would be a
 * question to its site, for the many that do not listen as well.
 */
export const listensByDocument = ({ id, logout }: Client): boolean =>
  isClientIdUrl(id) && (logout?.backchannelUri ?? logout?.frontchannelUri) !== undefined
