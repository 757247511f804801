import { expect, test } from 'vitest'
import type { TrustedIssuers } from '#shared/ports/repositories/trusted-issuers.ts'
import { anyClientId, anyEvent, anyTenantId, anyTrustedIssuer } from './support/samples.ts'
import type { Subject } from './support/subject.ts'

export function trustedIssuersContract({ sound }: Subject<TrustedIssuers>): void {
  test('AP-96: an issuer that was never saved is not trusted', async () => {
    expect(await sound().find(anyTenantId(), 'https://ci.example')).toBeUndefined()
  })

  test.each([
    ['with only what it must have', {}],
    [
      'with every optional value',
      {
        type: 'jwt',
        keys: [{ kty: 'OKP', crv: 'Ed25519', x: 'AA' }],
        jwksUri: 'https://ci.example/jwks',
        audiences: ['sallyport'],
        algorithms: ['ES256'],
        mappings: [
          {
            match: { sub: 'people:*' },
            userNameClaim: 'email',
            clients: [anyClientId()],
            scopes: ['orders:read'],
            resources: ['https://orders.example/'],
          },
        ],
      },
    ],
  ] as const)('AP-97: an issuer %s is found as it was saved', async (_, more) => {
    const issuer = anyTrustedIssuer(more)
    await sound().save(issuer, anyEvent())
    expect(await sound().find(issuer.tenant, issuer.issuer)).toEqual(issuer)
  })

  test('AP-97: an issuer is trusted by its tenant alone', async () => {
    const issuer = anyTrustedIssuer()
    await sound().save(issuer, anyEvent())
    expect(await sound().find(anyTenantId(), issuer.issuer)).toBeUndefined()
  })

  test.each([
    ['separators', 'https://ci.example/#a b'],
    ['more bytes than a key may have', `https://ci.example/${'x'.repeat(5000)}`],
  ])('AP-96: any issuer can be looked up: %s', async (_, issuer) => {
    expect(await sound().find(anyTenantId(), issuer)).toBeUndefined()
  })
}
