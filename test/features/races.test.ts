import { expect, inject, test } from 'vitest'
import { signedAssertion } from '../support/client-assertion.ts'
import { RelyingParty, type TokenAnswer } from '../support/relying-party.ts'

const origin = inject('origin')

const fifty = <Result>(act: () => Promise<Result>): Promise<Result[]> =>
  Promise.all(Array.from({ length: 50 }, act))

const succeeded = (answers: readonly TokenAnswer[]) =>
  answers.filter(({ status }) => status === 200)
const refusals = (answers: readonly TokenAnswer[]) =>
  new Set(
    answers
      .filter(({ status }) => status !== 200)
      .map(({ status, body }) => `${status} ${body['error']}`),
  )

test('rfc6749 section 4.1.2: of 50 concurrent redemptions of one code exactly one succeeds, and its family is then revoked', async () => {
  const party = new RelyingParty(origin)
  const code = await party.code()
  const answers = await fifty(() => party.redeem(code))
  const [winner] = succeeded(answers)
  expect(succeeded(answers)).toHaveLength(1)
  expect(refusals(answers)).toEqual(new Set(['400 invalid_grant']))
  expect(await party.refresh(String(winner?.body['refresh_token']))).toMatchObject({
    status: 400,
    body: { error: 'invalid_grant' },
  })
  expect(await party.userInfo(String(winner?.body['access_token']))).toMatchObject({ status: 401 })
})

test('rfc9700 section 4.14.2: of 50 concurrent uses of one refresh token exactly one gets a successor, and the family is then revoked', async () => {
  const party = new RelyingParty(origin)
  const { refreshToken } = await party.tokens()
  const answers = await fifty(() => party.refresh(refreshToken))
  const [winner] = succeeded(answers)
  expect(succeeded(answers)).toHaveLength(1)
  expect(refusals(answers)).toEqual(new Set(['400 invalid_grant']))
  expect(await party.refresh(String(winner?.body['refresh_token']))).toMatchObject({
    status: 400,
    body: { error: 'invalid_grant' },
  })
})

test('rfc7523 section 3: of 50 concurrent uses of one client assertion exactly one is accepted', async () => {
  const party = new RelyingParty(origin)
  const form = {
    grant_type: 'refresh_token',
    refresh_token: 'unknown',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await signedAssertion({ aud: party.issuer }),
  }
  const answers = await fifty(() => party.token(form))
  const errors = answers.map(({ body }) => body['error'])
  expect(errors.filter((error) => error === 'invalid_grant')).toHaveLength(1)
  expect(errors.filter((error) => error === 'invalid_client')).toHaveLength(49)
})
