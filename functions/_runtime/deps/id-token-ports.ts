import { clientKeys } from './client-keys.ts'
import { encrypter } from './encrypter.ts'
import { sealer } from './sealer.ts'
import { groups, users } from './store.ts'
import { tokenSigner } from './token-signer.ts'

/** Everything that issuing an ID token needs. */
export const idTokenPorts = { clientKeys, encrypter, groups, sealer, signer: tokenSigner, users }
