import { isRecord, parseJson } from '#shared/kernel/json.ts'
import { type EpochSeconds, epochSeconds, isExpired, plus, seconds } from '#shared/kernel/time.ts'
import { clockSkew } from '../client/clock-skew.ts'
import type { ExternalClaims } from './trusted-issuer.ts'

/** The name under which a tenant trusts the AWS Security Token Service. */
export const awsIssuer = 'https://sts.amazonaws.com'

/** The kind of assertion that is a signed request for `sts:GetCallerIdentity`. */
export const awsAssertionType = 'urn:sallyport:client-assertion-type:aws-caller-identity'

/** The signed header that says for whom the request was made, so that nobody else can use it here. */
const audienceHeader = 'x-sallyport-audience'

const onlyBody = 'Action=GetCallerIdentity&Version=2011-06-15'

const endpoint =
  /^https:\/\/sts(?:\.[a-z]{2}(?:-[a-z]{2,12}){1,3}-\d)?\.amazonaws\.com(?:\.cn)?\/?$/

/** As long as AWS itself takes a signature for new. */
const lifetime = seconds(15 * 60)

const maximalLength = 8192

/** What is passed on to AWS; everything else that a request could carry is refused. */
const knownHeaders: ReadonlySet<string> = new Set([
  'accept',
  'amz-sdk-invocation-id',
  'amz-sdk-request',
  'authorization',
  'content-length',
  'content-type',
  'host',
  'user-agent',
  'x-amz-content-sha256',
  'x-amz-date',
  'x-amz-security-token',
  'x-amz-user-agent',
  audienceHeader,
])

/** A request that somebody has signed with an identity of AWS; only AWS can say whose. */
export interface CallerIdentityRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly signature: string
  readonly expiresAt: EpochSeconds
}

/** Names in lower case; `undefined` when one is unknown, there twice, or no text of one line. */
function readHeaders(headers: unknown): Readonly<Record<string, string>> | undefined {
  if (!isRecord(headers)) return undefined
  const read = new Map<string, string>()
  for (const [name, value] of Object.entries(headers)) {
    const lower = name.toLowerCase()
    const isGood = typeof value === 'string' && /^[\x20-\x7e]*$/.test(value)
    if (!isGood || !knownHeaders.has(lower) || read.has(lower)) return undefined
    read.set(lower, value)
  }
  return Object.fromEntries(read)
}

const authorization =
  /^AWS4-HMAC-SHA256 Credential=[A-Z0-9]{16,128}\/\d{8}\/[a-z0-9-]+\/sts\/aws4_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$/

/** What counts must be signed; `host` is what binds the signature to AWS. */
const mustBeSigned = ['host', 'x-amz-date', audienceHeader]

function signedAt(date: string | undefined): EpochSeconds | undefined {
  const [, ...parts] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date ?? '') ?? []
  const [year = '', month = '', day = '', hour = '', minute = '', second = ''] = parts
  const moment = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  return Number.isNaN(moment) ? undefined : epochSeconds(moment / 1000)
}

/**
 * Reads a signed request, of the one form that asks AWS who has signed it, for us and just now.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 * @param presented unverified: JSON in base64 or base64url
 * @param audience our issuer
 * @returns `undefined` for anything else
 */
export function parseCallerIdentityRequest(
  presented: string,
  audience: string,
  now: EpochSeconds,
): CallerIdentityRequest | undefined {
  if (presented.length > maximalLength) return undefined
  const request = parseJson(Buffer.from(presented, 'base64url').toString('utf8'))
  if (!isRecord(request)) return undefined
  const { url, headers: presentedHeaders, body, ...others } = request
  if (body !== onlyBody || Object.keys(others).length > 0) return undefined
  const headers = readHeaders(presentedHeaders)
  if (typeof url !== 'string' || !endpoint.test(url) || headers === undefined) return undefined
  const [, signed = '', signature] = authorization.exec(headers['authorization'] ?? '') ?? []
  const at = signedAt(headers['x-amz-date'])
  if (signature === undefined || at === undefined) return undefined
  const isAllSigned = mustBeSigned.every((name) => signed.split(';').includes(name))
  if (!isAllSigned || headers[audienceHeader] !== audience) return undefined
  if (![undefined, new URL(url).host].includes(headers['host'])) return undefined
  const expiresAt = plus(at, lifetime)
  if (at > plus(now, clockSkew) || isExpired(expiresAt, now)) return undefined
  return { url, headers: forwarded(headers), body: onlyBody, signature, expiresAt }
}

/** What the connection says itself is left out; the answer shall be JSON, whatever was asked for. */
const forwarded = (headers: Readonly<Record<string, string>>): Record<string, string> => ({
  ...Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) => !['host', 'content-length', 'accept'].includes(name),
    ),
  ),
  accept: 'application/json',
})

/** A role by its name, whatever the session is called; `undefined` for what is no identity of IAM. */
function identityOf(arn: string, account: string): string | undefined {
  const [prefix, partition = '', service, region, owner, resource = ''] = arn.split(':')
  const isArn = prefix === 'arn' && region === '' && owner === account && partition !== ''
  if (!isArn) return undefined
  const [kind, name, session, ...rest] = resource.split('/')
  if (service === 'iam' && kind === 'user' && name) return arn
  const isRole = service === 'sts' && kind === 'assumed-role' && name && session && !rest.length
  return isRole ? `arn:${partition}:iam::${account}:role/${name}` : undefined
}

/**
 * What AWS says of whoever has signed: `sub` is the user, or the role without the session and the path.
 *
 * @param answer of AWS, to a request that the caller was not free to choose
 */
export function callerClaims(answer: string): ExternalClaims | undefined {
  const response = parseJson(answer)
  const outer = isRecord(response) ? response['GetCallerIdentityResponse'] : undefined
  const result = isRecord(outer) ? outer['GetCallerIdentityResult'] : undefined
  if (!isRecord(result)) return undefined
  const { Account: account, Arn: arn, UserId: userId } = result
  if (typeof account !== 'string' || !/^\d{12}$/.test(account)) return undefined
  if (typeof arn !== 'string' || typeof userId !== 'string') return undefined
  const sub = identityOf(arn, account)
  return sub === undefined ? undefined : { iss: awsIssuer, sub, account, arn, user_id: userId }
}
