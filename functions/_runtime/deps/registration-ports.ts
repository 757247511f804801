import { clientAssertionVerifier } from '#shared/node/client-assertion-verifier.ts'
import { clientKeys } from './client-keys.ts'
import { httpClient } from './http-client.ts'
import { clock, random } from './node.ts'
import { clientRegistrations } from './store.ts'

/** What registering a client and looking after it need alike. */
export const registrationPorts = {
  clock,
  httpClient,
  random,
  clientRegistrations,
  statements: clientAssertionVerifier(clientKeys),
}
