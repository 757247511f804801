import { clientAssertionVerifier } from '#shared/node/client-assertion-verifier.ts'
import { clientKeys } from './client-keys.ts'

export const assertionVerifier = clientAssertionVerifier(clientKeys)
