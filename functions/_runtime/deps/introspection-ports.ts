import { accessTokenPorts } from './access-tokens.ts'
import { clientAuthentication } from './client-authentication.ts'
import { encrypter } from './encrypter.ts'
import { clock } from './node.ts'
import { resourceServers } from './store.ts'
import { tokenSigner } from './token-signer.ts'

/** Everything the introspection endpoint needs. */
export const introspectionPorts = {
  ...clientAuthentication,
  ...accessTokenPorts,
  clock,
  encrypter,
  resourceServers,
  signer: tokenSigner,
}
