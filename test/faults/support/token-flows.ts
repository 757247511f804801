import { randomUUID } from 'node:crypto'
import { signedAssertion } from '../../support/client-assertion.ts'
import { dpopKey } from '../../support/dpop.ts'
import { basic } from '../../support/relying-party.ts'
import { type Flow, forClients, isError } from './flow.ts'
import type { Sent } from './viewer.ts'
import type { Visitor } from './visitor.ts'

const authorization = basic('machine', 'machine-secret')
const form = { grant_type: 'client_credentials' }

/** A request of the machine, with a proof for it by a new key. */
async function proven(visitor: Visitor): Promise<Sent> {
  const { proof } = await dpopKey()
  const htu = `${visitor.issuer}/oauth2/token`
  return visitor.token({ form, headers: { authorization, dpop: await proof({ htu }) } })
}

async function machineToken(visitor: Visitor): Promise<string> {
  const sent = visitor.token({ form, headers: { authorization } })
  return (await visitor.told(sent))['access_token'] ?? ''
}

/** What ends tokens that no family stands behind. */
export const revocationFlows: readonly Flow[] = [
  {
    ...forClients,
    name: 'revocation of an access token',
    endpoint: 'oauth2.revoke',
    async prepare(visitor) {
      const sent = visitor.inquiry('revoke', await machineToken(visitor))
      return { ...sent, headers: { authorization } }
    },
    commits: 'token-revoked',
    isFinal: true,
  },
]

/** Tokens for tokens and for proofs, and what is signed about tokens. */
export const tokenFlows: readonly Flow[] = [
  {
    ...forClients,
    name: 'a token that is bound to a key',
    endpoint: 'oauth2.token',
    prepare: proven,
    commits: 'token-issued',
    isUsedUp: isError('invalid_dpop_proof'),
  },
  {
    ...forClients,
    name: 'token exchange',
    endpoint: 'oauth2.token',
    isSignedIn: true,
    async prepare(visitor) {
      const { access_token: token = '' } = await visitor.tokens()
      return visitor.as('web', 'oauth2/token', {
        grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
        subject_token: token,
        subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      })
    },
    commits: 'token-exchanged',
  },
  {
    ...forClients,
    name: 'the word of a trusted issuer',
    endpoint: 'oauth2.token',
    prepare: async (visitor) =>
      visitor.as('partner', 'oauth2/token', {
        grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
        assertion: await signedAssertion(
          {
            iss: 'https://idp.example',
            sub: `people/${randomUUID()}`,
            aud: visitor.issuer,
            email: 'ada@example.com',
            email_verified: true,
          },
          { alg: 'ES256' },
        ),
      }),
    commits: 'assertion-redeemed',
    isUsedUp: isError('invalid_grant'),
  },
  {
    ...forClients,
    name: 'introspection that is signed',
    endpoint: 'oauth2.introspect',
    isSignedIn: true,
    async prepare(visitor) {
      const { headers, ...sent } = visitor.inquiry(
        'introspect',
        (await visitor.tokens()).access_token,
      )
      const accept = 'application/token-introspection+jwt'
      return { ...sent, headers: { ...headers, accept } }
    },
  },
]
