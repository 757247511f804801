import type { PresentedClient } from '../authentication/client-authentication.ts'
import { afterSingleUse } from './after-single-use.ts'

/** Runs what follows the authentication of a client, whose proofs may be used up by it. */
export const afterAuthentication = <Result>(
  presented: PresentedClient,
  rest: () => Promise<Result>,
): Promise<Result> => {
  const isUsedUp =
    'assertion' in presented || 'attestation' in presented || presented.proof !== undefined
  return isUsedUp ? afterSingleUse(rest) : rest()
}
