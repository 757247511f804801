import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { signedRequest } from '../../../test/support/aws-request.ts'
import { inSeconds, now, tenant } from '../../../test/support/builders.ts'
import { callerClaims, parseCallerIdentityRequest } from './aws-identity.ts'

const { issuer } = tenant()
const read = (request: string, at = now) => parseCallerIdentityRequest(request, issuer, at)

describe('rfc7521 section 4.2: a request that asks AWS who has signed it', () => {
  test('is read as it was signed', () => {
    expect(read(signedRequest(issuer, now))).toMatchObject({
      url: 'https://sts.eu-central-1.amazonaws.com/',
      body: 'Action=GetCallerIdentity&Version=2011-06-15',
      expiresAt: inSeconds(900),
    })
  })

  test.each([
    'https://sts.amazonaws.com/',
    'https://sts.us-gov-west-1.amazonaws.com/',
    'https://sts.cn-north-1.amazonaws.com.cn',
  ])('may go to %s', (url) => {
    expect(read(signedRequest(issuer, now, { url }))).toMatchObject({ url })
  })

  test.each([
    'http://sts.amazonaws.com/',
    'https://sts.amazonaws.com.evil.example/',
    'https://sts.evil.amazonaws.com/',
    'https://sts.amazonaws.com@evil.example/',
    'https://evil.example/sts.amazonaws.com/',
    'https://sts.amazonaws.com:8443/',
    'https://sts.amazonaws.com/?Action=AssumeRole',
    'https://sts.amazonaws.com/other',
    'https://iam.amazonaws.com/',
    'https://sts.eu-central-1.amazonaws.com/#x',
  ])('does not go to %s', (url) => {
    expect(read(signedRequest(issuer, now, { url }))).toBeUndefined()
  })

  test.each([
    ['asks for anything else', { body: 'Action=AssumeRole&Version=2011-06-15' }],
    ['asks for more', { body: 'Action=GetCallerIdentity&Version=2011-06-15&x=y' }],
    ['is for somebody else', { headers: { 'x-sallyport-audience': 'https://else.example' } }],
    ['does not sign for whom it is', { signed: 'host;x-amz-date' }],
    ['does not sign the host', { signed: 'x-amz-date;x-sallyport-audience' }],
    ['does not sign the date', { signed: 'host;x-sallyport-audience' }],
    ['names another host', { headers: { host: 'evil.example' } }],
    ['has a header that we do not know', { headers: { 'x-forwarded-host': 'evil.example' } }],
    ['has a header twice', { headers: { 'X-Amz-Date': '20270115T080000Z' } }],
    ['has a header of two lines', { headers: { 'user-agent': 'a\r\nhost: evil.example' } }],
    ['is signed for another service', { service: 'iam' }],
  ])('is refused when it %s', (_, more) => {
    expect(read(signedRequest(issuer, now, more))).toBeUndefined()
  })

  test.each([
    ['15 minutes after it was signed', inSeconds(900)],
    ['before it was signed', inSeconds(-11)],
  ])('is refused %s', (_, at) => {
    expect(read(signedRequest(issuer, now), at)).toBeUndefined()
  })

  test('no text at all makes reading it throw', () => {
    const text = fc.oneof(
      fc.string(),
      fc.json().map((json) => Buffer.from(json).toString('base64')),
    )
    fc.assert(fc.property(text, (any) => void expect(read(any)).toBeUndefined()))
  })
})

const answer = (result: object) =>
  JSON.stringify({ GetCallerIdentityResponse: { GetCallerIdentityResult: result } })
const account = '123456789012'

describe('the answer of AWS', () => {
  test.each([
    [
      `arn:aws:sts::${account}:assumed-role/deployer/build-7`,
      `arn:aws:iam::${account}:role/deployer`,
    ],
    [`arn:aws-cn:sts::${account}:assumed-role/a/b`, `arn:aws-cn:iam::${account}:role/a`],
    [`arn:aws:iam::${account}:user/team/ada`, `arn:aws:iam::${account}:user/team/ada`],
  ])('%s is %s', (Arn, sub) => {
    const said = callerClaims(answer({ Account: account, Arn, UserId: 'AROA:x' }))
    expect(said).toMatchObject({ iss: 'https://sts.amazonaws.com', sub, account, arn: Arn })
  })

  test.each([
    ['an ARN of another account', { Account: account, Arn: 'arn:aws:iam::210987654321:user/a' }],
    ['the root of the account', { Account: account, Arn: `arn:aws:iam::${account}:root` }],
    ['a federated user', { Account: account, Arn: `arn:aws:sts::${account}:federated-user/a` }],
    [
      'a role without a session',
      { Account: account, Arn: `arn:aws:sts::${account}:assumed-role/a` },
    ],
    ['no account', { Arn: `arn:aws:iam::${account}:user/a` }],
  ])('with %s is nobody', (_, result) => {
    expect(callerClaims(answer({ UserId: 'x', ...result }))).toBeUndefined()
  })

  test('no text at all makes reading it throw', () => {
    const text = fc.oneof(fc.string(), fc.json())
    fc.assert(fc.property(text, (any) => void expect(callerClaims(any)).toBeUndefined()))
  })
})
