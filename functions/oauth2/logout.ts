import { logout } from '#shared/oidc/flows/logout.ts'
import { clients } from '../_runtime/deps/clients.ts'
import { clock, random, region } from '../_runtime/deps/node.ts'
import { sealer } from '../_runtime/deps/sealer.ts'
import { refreshFamilies, sessions } from '../_runtime/deps/store.ts'
import { tokenVerifier } from '../_runtime/deps/token-verifier.ts'
import { endpoint } from '../_runtime/endpoint.ts'
import { readLogoutInput } from '../_runtime/read/logout-input.ts'
import { htmlError } from '../_runtime/render-error/html.ts'
import { logoutOutcome } from '../_runtime/respond/logout.ts'

const store = { clients, refreshFamilies, sessions }

export const handler = endpoint({
  name: 'oauth2.logout',
  parse: readLogoutInput,
  run: logout({ ...store, idTokens: tokenVerifier, sealer, clock, random, region }),
  respond: logoutOutcome,
  errors: htmlError,
})
