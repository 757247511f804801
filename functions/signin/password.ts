import { signIn } from '#shared/signin/flows/sign-in.ts'
import { clock, random, region } from '../_runtime/deps/node.ts'
import { passwordHasher } from '../_runtime/deps/password-hasher.ts'
import { sealer } from '../_runtime/deps/sealer.ts'
import { failedPasswords, passwords, sessions, users } from '../_runtime/deps/store.ts'
import { endpoint } from '../_runtime/endpoint.ts'
import { readSignInRequest } from '../_runtime/read/sign-in-request.ts'
import { htmlError } from '../_runtime/render-error/html.ts'
import { signInCounts, signInOutcome } from '../_runtime/respond/sign-in.ts'

const store = { failedPasswords, passwords, sessions, users }

export const handler = endpoint({
  name: 'signin.password',
  parse: readSignInRequest,
  run: signIn({ ...store, passwordHasher, sealer, clock, random, region }),
  respond: signInOutcome,
  counts: signInCounts,
  errors: htmlError,
})
