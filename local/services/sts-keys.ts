import { randomBytes } from 'node:crypto'
import { principalsOf } from '../aws-authorization.ts'
import type { LocalSystem } from '../template.ts'
import { AwsError, type AwsRequest } from './service.ts'
import { isSignedWith, parseSignature } from './signature-v4.ts'

export interface AccessKey {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** Whose an access key is. */
export interface Holder extends AccessKey {
  readonly arn: string
  readonly userId: string
  /** Of a key for a while: what must come with it, and until when, in milliseconds. */
  readonly session?: { readonly token: string; readonly expiresAt: number }
}

/** For how long, in either direction, a request counts as new. */
const fresh = 15 * 60_000

const sessionArn = (account: string, roleName: string, session: string): string =>
  `arn:aws:sts::${account}:assumed-role/${roleName}/${session}`

/** Every key that there is from the start: those of the roles, and the operator's. */
export function firstHolders(system: LocalSystem, operator: AccessKey): readonly Holder[] {
  const { accountId, roleArns } = system
  const ofRoles = principalsOf(system).map(({ name, role, accessKeyId }) => {
    const roleName = roleArns[role]?.replace(/^.*\//, '') ?? role
    const arn = sessionArn(accountId, roleName, name)
    return { accessKeyId, secretAccessKey: accessKeyId, arn, userId: `AROA${role}:${name}` }
  })
  const arn = `arn:aws:iam::${accountId}:user/operator`
  return [...ofRoles, { ...operator, arn, userId: 'AIDAOPERATOR' }]
}

/** A key for a session of a role. */
export function newHolder(roleArn: string, sessionName: string, expiresAt: number): Holder {
  const [account = '', role = ''] = roleArn.split(':').slice(4)
  const id = randomBytes(8).toString('hex').toUpperCase()
  return {
    accessKeyId: `ASIA${id}`,
    secretAccessKey: randomBytes(20).toString('hex'),
    arn: sessionArn(account, role.replace(/^.*\//, ''), sessionName),
    userId: `AROA${id}:${sessionName}`,
    session: { token: randomBytes(32).toString('base64'), expiresAt },
  }
}

const denied = (code: string, message: string): AwsError => new AwsError(code, message, 403)

const mismatch = (message: string): AwsError => denied('SignatureDoesNotMatch', message)

function timeOf(date: string): number {
  const [, ...parts] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date) ?? []
  const [year, month, day, hour, minute, second] = parts
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
}

/**
 * Finds whose signature a request has.
 *
 * @throws AwsError for one of nobody, of another time or service, or of another request
 */
export function signerOf(
  request: AwsRequest,
  holders: ReadonlyMap<string, Holder>,
  now: number,
): Holder {
  const { authorization, 'x-amz-date': date = '', 'x-amz-security-token': token } = request.headers
  const signature = parseSignature(authorization)
  if (signature === undefined) throw denied('IncompleteSignature', 'The signature is malformed.')
  const holder = holders.get(signature.accessKeyId)
  if (holder === undefined || holder.session?.token !== token) {
    const message = 'The security token included in the request is invalid.'
    throw denied('InvalidClientTokenId', message)
  }
  const [day = '', , service] = signature.scope
  if (service !== 'sts' || !date.startsWith(day)) {
    throw mismatch('Credential should be scoped to correct service and date.')
  }
  if (!(Math.abs(now - timeOf(date)) <= fresh)) throw mismatch(`Signature expired: ${date}`)
  if (!isSignedWith(holder.secretAccessKey, request, signature)) {
    throw mismatch('The request signature we calculated does not match the signature you provided.')
  }
  if (holder.session === undefined || holder.session.expiresAt > now) return holder
  throw denied('ExpiredToken', 'The security token included in the request is expired')
}
