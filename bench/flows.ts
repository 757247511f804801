import { people, service } from './credentials.ts'
import type { Contender } from './exchange.ts'
import { proofMaker } from './proofs.ts'
import { authorizationPath, newVerifier, pushAndAuthorize, signIn } from './sign-in.ts'
import {
  asJson,
  asJwt,
  boundToken,
  exchange,
  introspect,
  machineToken,
  redeem,
  refresh,
  userInfo,
} from './token-requests.ts'
import { visitorOf } from './visitor.ts'

/** One run after the other. */
export interface Runner {
  /** Not measured: makes what so many runs use up. */
  readonly stock?: (runs: number) => void
  run(): Promise<void>
}

/** A flow that is measured. */
export interface Flow {
  /** The peer has nothing like it. */
  readonly isOursAlone?: true
  /** Not measured; answers how to run. */
  prepare(contender: Contender): Promise<Runner>
}

/** A login as the bill counts it: authorize, login, code exchange, three refreshes, userinfo. */
export async function wholeLogin(contender: Contender): Promise<void> {
  let held = await redeem(contender, await signIn(contender, people.strong))
  for (let count = 0; count < 3; count += 1) held = await refresh(contender, held.refresh_token)
  await userInfo(contender, held.access_token)
}

/** A user's opaque token for the service, that has come there with a request. */
async function receivedToken(contender: Contender): Promise<string> {
  const wishes = { scope: 'openid orders:read', resource: service.resource }
  const grant = await signIn(contender, people.cheap, visitorOf(contender), wishes)
  return (await redeem(contender, grant)).access_token
}

const introspection = (accept: typeof asJson | typeof asJwt): Flow => ({
  async prepare(contender) {
    const token = await receivedToken(contender)
    return { run: () => introspect(contender, token, accept) }
  },
})

/** What is measured: `code_flow` is every request but for the hash, `password_login` the one with the hash. */
export const flows = {
  client_credentials: {
    prepare: async (contender) => ({ run: async () => void (await machineToken(contender)) }),
  },
  dpop_token: {
    async prepare(contender) {
      const makeProof = proofMaker(contender.origin + contender.paths.token)
      let proofs: string[] = []
      return {
        stock(runs) {
          proofs = Array.from({ length: runs }, makeProof)
        },
        run: async () => void (await boundToken(contender, proofs.pop() ?? '')),
      }
    },
  },
  introspection: introspection(asJson),
  introspection_jwt: introspection(asJwt),
  token_exchange: {
    isOursAlone: true,
    async prepare(contender) {
      const token = await receivedToken(contender)
      return { run: async () => void (await exchange(contender, token)) }
    },
  },
  refresh: {
    async prepare(contender) {
      let held = await redeem(contender, await signIn(contender, people.cheap))
      return {
        async run() {
          held = await refresh(contender, held.refresh_token)
        },
      }
    },
  },
  par_authorize: {
    async prepare(contender) {
      const visitor = visitorOf(contender)
      await signIn(contender, people.cheap, visitor)
      return { run: async () => void (await pushAndAuthorize(contender, visitor)) }
    },
  },
  code_flow: {
    prepare: async (contender) => ({
      run: async () => void (await redeem(contender, await signIn(contender, people.cheap))),
    }),
  },
  password_login: {
    async prepare(contender) {
      const visitor = visitorOf(contender)
      const asked = await visitor.get(authorizationPath(contender, newVerifier()))
      const page = await visitor.follow(asked)
      const { userName: username, password } = people.strong
      return {
        async run() {
          const { status } = await visitor.copy().submit(page, { username, password })
          if (status !== 303) throw new Error(`the password is answered with ${status}`)
        },
      }
    },
  },
} as const satisfies Record<string, Flow>

export type FlowName = keyof typeof flows

/** Does the same with every flow, one after the other. */
export const ofEachFlow = async <T>(
  work: (flow: FlowName) => Promise<T>,
): Promise<Readonly<Record<FlowName, T>>> => ({
  client_credentials: await work('client_credentials'),
  dpop_token: await work('dpop_token'),
  introspection: await work('introspection'),
  introspection_jwt: await work('introspection_jwt'),
  token_exchange: await work('token_exchange'),
  refresh: await work('refresh'),
  par_authorize: await work('par_authorize'),
  code_flow: await work('code_flow'),
  password_login: await work('password_login'),
})
