import { expect, test } from 'vitest'
import { tenant } from '../../../test/support/builders.ts'
import { toTrustedIssuer, trustedIssuerMetadata } from './trusted-issuer-metadata.ts'

const workload = { match: { sub: 'repo:acme/shop:*' }, client_id: 'deployer' }
const good = { issuer: 'https://ci.example', mappings: [workload] }
const parse = (more: object) => trustedIssuerMetadata.safeParse({ ...good, ...more })

test('rfc7521 section 3: an issuer is trusted for what it is mapped to', () => {
  const person = { match: { sub: 'people/*' }, user_name_claim: 'email', clients: ['partner'] }
  const metadata = trustedIssuerMetadata.parse({ ...good, mappings: [workload, person] })
  expect(toTrustedIssuer(tenant().id, metadata)).toEqual({
    tenant: tenant().id,
    issuer: 'https://ci.example',
    type: 'jwt',
    keys: [],
    mappings: [
      { match: workload.match, client: 'deployer' },
      { match: person.match, userNameClaim: 'email', clients: ['partner'], scopes: [] },
    ],
  })
})

test.each([
  ['AWS under its name', { issuer: 'https://sts.amazonaws.com', type: 'aws' }],
  ['one that is trusted no more', { mappings: [] }],
  ['one of a name that is no place, with its keys elsewhere', placeless()],
])('an issuer may be %s', (_, more) => expect(parse(more).success).toBe(true))

test.each([
  ['AWS under another name', { type: 'aws' }],
  ['another one under the name of AWS', { issuer: 'https://sts.amazonaws.com' }],
  ['AWS with keys', { issuer: 'https://sts.amazonaws.com', type: 'aws', jwks_uri: good.issuer }],
  ['one of a name that is no place', { issuer: 'urn:example:cluster' }],
  ['mapped by nothing', { mappings: [{ ...workload, match: {} }] }],
  ['mapped by how a name begins', { mappings: [{ ...workload, match: { sub: 'repo:a*' } }] }],
  ['mapped by anything', { mappings: [{ ...workload, match: { sub: '*' } }] }],
  [
    'mapped to users whom no client brings',
    { mappings: [{ ...workload, user_name_claim: 'sub' }] },
  ],
])('an issuer may not be %s', (_, more) => expect(parse(more).success).toBe(false))

function placeless() {
  return { issuer: 'urn:example:cluster', jwks_uri: 'https://cluster.example/keys' }
}
