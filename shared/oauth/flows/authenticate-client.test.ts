import { X509Certificate } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { sha256Base64url } from '#shared/kernel/digest.ts'
import { trusted } from '#shared/kernel/ids.ts'
import { Secret } from '#shared/kernel/secret.ts'
import { proofVerifier } from '#shared/node/proof-verifier.ts'
import {
  client,
  clientId,
  countingRandom,
  inSeconds,
  now,
  otherClientId,
  publicClient,
  tenant,
} from '../../../test/support/builders.ts'
import { issuingAuthority } from '../../../test/support/certificate-authority.ts'
import { clientCertificate } from '../../../test/support/client-certificate.ts'
import {
  plainAssertion,
  plainAssertions,
  plainSealer,
  registeredKeys,
  silentIssuers,
} from '../../../test/support/fake-ports.ts'
import { inMemoryStore } from '../../../test/support/in-memory-store.ts'
import type { PresentedClient } from '../authentication/client-authentication.ts'
import type { Client, SecretHash } from '../client/client.ts'
import type { TokenEndpointAuthMethod } from '../client/token-endpoint-auth-method.ts'
import { authenticateClient } from './authenticate-client.ts'

const verification = {
  assertionVerifier: plainAssertions,
  clientKeys: registeredKeys,
  mtlsOrigin: undefined,
  proofVerifier,
  sealer: plainSealer(),
}
const secret = new Secret('s3cret')
const id = clientId

const confidential = (tokenEndpointAuthMethod: TokenEndpointAuthMethod): Client =>
  client({
    tokenEndpointAuthMethod,
    secretHashes: [trusted<SecretHash>(sha256Base64url('s3cret'))],
  })

const claims = {
  iss: clientId,
  sub: clientId,
  aud: tenant().issuer,
  jti: 'jti-1',
  exp: inSeconds(60),
}

const byAssertion = (more: Record<string, unknown> = {}): PresentedClient => ({
  method: 'private_key_jwt',
  id,
  assertion: new Secret(plainAssertion({ ...claims, ...more })),
})

type Way = Exclude<PresentedClient['method'], 'attest_jwt_client_auth' | 'workload_identity'>

const ways: Record<Way, PresentedClient> = {
  client_secret_basic: { method: 'client_secret_basic', id, secret },
  client_secret_post: { method: 'client_secret_post', id, secret },
  private_key_jwt: byAssertion(),
  none: { method: 'none', id },
}
const methods = Object.keys(ways).filter((name): name is Way => name in ways)

function world(registered: Client) {
  const store = inMemoryStore({ clients: [registered] })
  const externalTokens = { ...silentIssuers, trustedIssuers: store.trustedIssuers }
  const ports = { ...store, ...verification, externalTokens, random: countingRandom() }
  const authenticate = (presented: PresentedClient, at = tenant()) =>
    authenticateClient(ports)(at, presented, now)
  return { kept: store.kept, authenticate }
}

const refusal = (rule: string) => ({
  code: 'invalid_client',
  status: 401,
  rule: `oauth/client/${rule}`,
  message: 'client authentication failed',
})

test.each(methods)(
  'rfc6749 section 3.2.1: %s authenticates who is registered for it',
  async (way) => {
    const registered = confidential(way)
    expect(await world(registered).authenticate(ways[way])).toBe(registered)
  },
)

/**
 * What is registered says which method is whose.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6749#section-2.3.2
 * @spec https://www.rfc-editor.org/rfc/rfc9700#section-2.5
 */
describe('rfc7591 section 2: a client authenticates in the way it is registered for, in no other', () => {
  const pairs = methods.flatMap((registered) =>
    methods.filter((way) => way !== registered).map((way) => [registered, way] as const),
  )
  test.each(pairs)('registered for %s, not %s', async (registered, way) => {
    const attempt = world(confidential(registered)).authenticate(ways[way])
    await expect(attempt).rejects.toMatchObject(refusal('method'))
  })
})

test('rfc6749 section 5.2: an unknown client reads the same as a wrong secret', async () => {
  const { authenticate } = world(confidential('client_secret_basic'))
  const unknown = { ...ways.client_secret_basic, id: otherClientId }
  await expect(authenticate(unknown)).rejects.toMatchObject(refusal('unknown'))
  const wrong = { method: 'client_secret_basic', id, secret: new Secret('wrong') } as const
  await expect(authenticate(wrong)).rejects.toMatchObject(refusal('secret'))
})

test('a client of another tenant is unknown', async () => {
  const other = { ...publicClient(), tenant: trusted<Client['tenant']>('other') }
  await expect(world(other).authenticate(ways.none)).rejects.toMatchObject(refusal('unknown'))
})

describe('private_key_jwt', () => {
  const here = () => world(confidential('private_key_jwt'))

  test('rfc7523 section 3 and 6: an assertion is used once', async () => {
    const { authenticate } = here()
    await authenticate(byAssertion())
    await expect(authenticate(byAssertion())).rejects.toMatchObject(refusal('assertion-replayed'))
    await authenticate(byAssertion({ jti: 'jti-2' }))
  })

  test('one that is refused is not used up', async () => {
    const { kept, authenticate } = here()
    const foreign = byAssertion({ aud: 'https://elsewhere.example' })
    await expect(authenticate(foreign)).rejects.toMatchObject(refusal('assertion-audience'))
    expect(kept.assertions).toEqual([])
  })

  test('rfc7523 section 3: issuer and token endpoint are its audiences, of this tenant only', async () => {
    const { authenticate } = here()
    await authenticate(byAssertion({ aud: `${tenant().issuer}/oauth2/token` }))
    const other = byAssertion({ aud: 'https://id.example/other' })
    await expect(authenticate(other)).rejects.toMatchObject(refusal('assertion-audience'))
  })

  test('one that no key verifies is refused', async () => {
    const presented = { method: 'private_key_jwt', id, assertion: new Secret('%') } as const
    await expect(here().authenticate(presented)).rejects.toMatchObject(
      refusal('assertion-signature'),
    )
  })

  test('its marker outlives it by the skew of the clocks', async () => {
    const store = inMemoryStore({ clients: [confidential('private_key_jwt')] })
    const markers: unknown[][] = []
    const clientAssertions = {
      use: async (...marker: unknown[]) => {
        markers.push(marker)
        return 'fresh' as const
      },
    }
    const externalTokens = { ...silentIssuers, trustedIssuers: store.trustedIssuers }
    const ports = { ...store, clientAssertions, ...verification, externalTokens }
    const random = countingRandom()
    await authenticateClient({ ...ports, random })(tenant(), byAssertion(), now)
    expect(markers).toEqual([
      [tenant().id, clientId, 'jti-1', inSeconds(70), expect.stringMatching(/^\d{22}$/)],
    ])
  })
})

describe('rfc8705 section 2: certificates', async () => {
  const authority = await issuingAuthority()
  const settings = { ...tenant().settings, clientCertificateAuthorities: [authority.pem] }
  const trusting = tenant({ settings })
  const read = ({ cert }: { readonly cert: string }) => new X509Certificate(cert)
  const shown = read(await authority.issue())
  const own = read(await clientCertificate('own'))
  const jwk = own.publicKey.export({ format: 'jwk' })

  const byAuthority = client({
    tokenEndpointAuthMethod: 'tls_client_auth',
    certificate: { subjectDn: 'CN=client' },
  })
  const bySelf = client({
    tokenEndpointAuthMethod: 'self_signed_tls_client_auth',
    keys: [{ kty: 'EC', ...jwk, x5c: [own.raw.toString('base64')] }],
  })
  const named = (certificate?: X509Certificate): PresentedClient => ({
    method: 'none',
    id,
    ...(certificate && { certificate }),
  })

  test('rfc8705 section 2.1: one of a trusted authority that names the client', async () => {
    const { authenticate } = world(byAuthority)
    expect(await authenticate(named(shown), trusting)).toBe(byAuthority)
  })

  test.each([
    ['missing', undefined],
    ['untrusted', own],
    ['untrusted', read(await (await issuingAuthority('Other')).issue())],
    ['subject', read(await authority.issue([{ name: 'commonName', value: 'other' }]))],
  ])('rfc8705 section 2.1: any other is refused: %s', async (rule, certificate) => {
    const attempt = world(byAuthority).authenticate(named(certificate), trusting)
    await expect(attempt).rejects.toMatchObject(refusal(`certificate-${rule}`))
  })

  test('a tenant that trusts nobody takes none', async () => {
    const attempt = world(byAuthority).authenticate(named(shown))
    await expect(attempt).rejects.toMatchObject(refusal('certificate-untrusted'))
  })

  test('rfc8705 section 2.2: one that the client has registered', async () => {
    expect(await world(bySelf).authenticate(named(own))).toBe(bySelf)
    for (const [rule, certificate] of [
      ['missing', undefined],
      ['unregistered', shown],
    ] as const) {
      const attempt = world(bySelf).authenticate(named(certificate), trusting)
      await expect(attempt).rejects.toMatchObject(refusal(`certificate-${rule}`))
    }
  })

  test('rfc8705 section 2: a secret does not do for it', async () => {
    for (const registered of [byAuthority, bySelf]) {
      const attempt = world(registered).authenticate(ways.client_secret_post, trusting)
      await expect(attempt).rejects.toMatchObject(refusal('method'))
    }
  })

  test('a certificate does not authenticate who is registered for something else', async () => {
    const attempt = world(confidential('client_secret_basic')).authenticate(named(own))
    await expect(attempt).rejects.toMatchObject(refusal('method'))
  })
})

describe('fapi 2.0 section 5.3.2.1: clients prove a key of their own', () => {
  const strict = tenant({ settings: { ...tenant().settings, profile: 'fapi2' } })

  test.each(['client_secret_basic', 'client_secret_post', 'none'] as const)(
    '%s is refused',
    async (way) => {
      const attempt = world(confidential(way)).authenticate(ways[way], strict)
      await expect(attempt).rejects.toMatchObject(refusal('profile'))
    },
  )

  test('private_key_jwt is not', async () => {
    const registered = confidential('private_key_jwt')
    expect(await world(registered).authenticate(byAssertion(), strict)).toBe(registered)
  })
})
