import type { PhcString } from '#shared/authn/password-record.ts'
import type { ClientAssertionVerifier } from '#shared/ports/client-assertion-verifier.ts'
import type { ClientKeys } from '#shared/ports/client-keys.ts'
import type { Encrypter } from '#shared/ports/encrypter.ts'
import type { HttpClient } from '#shared/ports/http-client.ts'
import type { PasswordHasher } from '#shared/ports/password-hasher.ts'
import type { ProofVerifier } from '#shared/ports/proof-verifier.ts'
import type { Sealer } from '#shared/ports/sealer.ts'
import type { TokenSigner } from '#shared/ports/token-signer.ts'
import type { TokenVerifier } from '#shared/ports/token-verifier.ts'

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

function decode(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString())
  } catch {
    return undefined
  }
}

/** Of the form of a sealed text, whose key is named first. */
const boxed = (box: object): string => `plain.${encode(box)}`

/** Seals without secrecy: a text opens for the same kind and tenant only. */
export function plainSealer(): Sealer {
  let sealed = 0
  return {
    seal: async (kind, tenant, content) => boxed({ kind, tenant, content, salt: ++sealed }),
    sealDeterministically: async (kind, tenant, content) => boxed({ kind, tenant, content }),
    async open(kind, tenant, text) {
      const box = decode(text.slice(text.indexOf('.') + 1))
      return box?.['kind'] === kind && box['tenant'] === tenant ? box['content'] : undefined
    },
  }
}

/** Signs without a key: a token verifies for the tenant and type that it names. */
export const plainSigner: TokenSigner = {
  sign: async (tenant, { typ }, claims) => `${typ}.${encode(claims)}.${tenant.id}`,
}

export const plainVerifier: TokenVerifier = {
  async verify(tenant, typ, token) {
    const [type, claims = '', id] = token.split('.')
    return type === typ && id === tenant.id ? (decode(claims) ?? undefined) : undefined
  },
}

/** The claims of a token of `plainSigner`. */
export const claimsOf = (token: string | undefined): Readonly<Record<string, unknown>> =>
  decode(token?.split('.')[1] ?? '') ?? {}

/** Takes every assertion `<claims in base64url>` at its word. */
export const plainAssertions: ClientAssertionVerifier = {
  verify: async (assertion) => decode(assertion),
}

/** The keys that are registered, and none that are published. */
export const registeredKeys: ClientKeys = {
  keysOf: async ({ keys }) => keys,
  freshKeysOf: async ({ keys }) => keys,
}

/** No issuer elsewhere publishes keys, and AWS answers nobody. */
export const silentIssuers = {
  assertionVerifier: plainAssertions,
  issuerKeys: { holderOf: async () => undefined },
  stsClient: { fetch: async () => ({ kind: 'failed' as const }) },
}

/** The claims of a proof that somebody else has verified. */
export const trustedProofs: ProofVerifier = {
  verify: async ({ jwt }) => decode(jwt.reveal().split('.')[1] ?? ''),
}

/** Nobody answers. */
export const noHttp: HttpClient = { fetch: async () => ({ kind: 'failed' }) }

/** Encrypts for everybody to read: the algorithms, and what they would hide. */
const plainEncrypter: Encrypter = {
  encrypt: async (content, keys, header) =>
    keys.length === 0 ? undefined : `${header.alg}.${header.enc}.${header.cty}.${encode(content)}`,
}

export const plainProtection = {
  signer: plainSigner,
  encrypter: plainEncrypter,
  clientKeys: registeredKeys,
}

export const plainAssertion = encode

export const phcOf = (password: string) => `phc of ${password}` as PhcString

/** Compares without hashing, and counts how often. */
export function plainHasher(): PasswordHasher & { readonly verified: () => number } {
  let count = 0
  return {
    verified: () => count,
    hash: async (password) => phcOf(password.reveal()),
    async verify(phc, password) {
      count += 1
      return phc === phcOf(password.reveal())
    },
  }
}
