import { jweEncrypter as encrypter } from '#shared/node/jwe-encrypter.ts'
import { clientKeys } from './client-keys.ts'
import { groups, users } from './store.ts'
import { tokenSigner } from './token-signer.ts'

/** Everything that issuing an ID token needs. */
export const idTokenPorts = { clientKeys, encrypter, groups, signer: tokenSigner, users }
