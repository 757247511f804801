import { expect, test, vi } from 'vitest'
import type { HttpAnswer, HttpClient } from '#shared/ports/http-client.ts'
import { signedRequest } from '../../../test/support/aws-request.ts'
import {
  client,
  clientId,
  countingRandom,
  now,
  otherClientId,
  tenant,
} from '../../../test/support/builders.ts'
import { inMemoryStore } from '../../../test/support/in-memory-store.ts'
import { awsIssuer } from '../trust/aws-identity.ts'
import type { TrustedIssuer } from '../trust/trusted-issuer.ts'
import { verifyAwsIdentity } from './verify-aws-identity.ts'

const account = '123456789012'
const answer: HttpAnswer = {
  kind: 'answered',
  status: 200,
  headers: {},
  body: JSON.stringify({
    GetCallerIdentityResponse: {
      GetCallerIdentityResult: {
        Account: account,
        Arn: `arn:aws:sts::${account}:assumed-role/deployer/build-7`,
        UserId: 'AROA:build-7',
      },
    },
  }),
}

const role: TrustedIssuer = {
  tenant: tenant().id,
  issuer: awsIssuer,
  type: 'aws',
  keys: [],
  mappings: [{ match: { sub: `arn:aws:iam::${account}:role/deployer` }, client: clientId }],
}

function world(trusted: readonly TrustedIssuer[] = [role], given = answer) {
  const fetch = vi.fn<HttpClient['fetch']>(async () => given)
  const store = inMemoryStore({ trustedIssuers: [...trusted] })
  const verify = verifyAwsIdentity({ ...store, stsClient: { fetch }, random: countingRandom() })
  const own = client({ tokenEndpointAuthMethod: 'workload_identity' })
  return {
    fetch,
    kept: store.kept,
    verify: (more = {}, by = own) =>
      verify(tenant(), by, signedRequest(tenant().issuer, now, more), now),
  }
}

const refusal = (rule: string) => ({ code: 'invalid_client', rule: `oauth/aws-identity/${rule}` })

test('rfc7521 section 4.2: a role is its client, once AWS has said whose signature it is', async () => {
  const { verify, fetch } = world()
  await verify()
  expect(fetch.mock.lastCall?.[0]).toMatchObject({
    method: 'POST',
    url: 'https://sts.eu-central-1.amazonaws.com/',
    headers: { accept: 'application/json', 'x-sallyport-audience': tenant().issuer },
  })
})

test('rfc7521 section 8.2: a request serves once', async () => {
  const { verify } = world()
  await verify()
  await expect(verify()).rejects.toMatchObject(refusal('replayed'))
})

test.each<[string, readonly TrustedIssuer[], HttpAnswer, string]>([
  ['when nobody trusts AWS', [], answer, 'untrusted'],
  [
    'when AWS does not know the signature',
    [role],
    { ...answer, status: 403 } as HttpAnswer,
    'unknown',
  ],
  ['when AWS does not answer', [role], { kind: 'failed' }, 'unknown'],
  ['when the answer is none', [role], { ...answer, body: '<xml/>' } as HttpAnswer, 'unknown'],
  ['for another role', [{ ...role, mappings: [] }], answer, 'unmapped'],
])('a role is refused %s, and nothing is written', async (_, trusted, given, rule) => {
  const { verify, kept } = world(trusted, given)
  await expect(verify()).rejects.toMatchObject(refusal(rule))
  expect(kept.assertions).toEqual([])
})

test('a role is no other client', async () => {
  const other = client({ id: otherClientId })
  await expect(world().verify({}, other)).rejects.toMatchObject(refusal('unmapped'))
})

test('what is no such request asks nobody', async () => {
  const { verify, fetch } = world()
  await expect(verify({ url: 'https://evil.example/' })).rejects.toMatchObject(refusal('request'))
  expect(fetch).not.toHaveBeenCalled()
})
