import type { Activity } from './event.ts'
import { type OcsfActivity, type OcsfClassName, ocsfActivities, other } from './ocsf-class.ts'
import { subjectOf, type TableChange } from './table-change.ts'

/** Who did it: the person, the app, whoever runs the deployment, or the system by itself. */
export type ActorKind = 'user' | 'client' | 'operator' | 'sallyport'

/** How an activity of ours is said in OCSF. */
export interface OcsfWord {
  readonly class: OcsfClassName
  readonly activity: OcsfActivity
  readonly actor: ActorKind
  readonly isFailure: boolean
  readonly severity: OcsfSeverity
  /** What a session was allowed, in Authorize Session. */
  readonly privileges?: readonly string[]
  /** What was changed, in Entity Management. */
  readonly entityType?: string
}

export type OcsfSeverity = readonly [id: number, name: string]

const informational: OcsfSeverity = [1, 'Informational']
const low: OcsfSeverity = [2, 'Low']
const high: OcsfSeverity = [4, 'High']

const word = (
  className: OcsfClassName,
  activity: OcsfActivity,
  actor: ActorKind,
  more: Partial<OcsfWord> = {},
): OcsfWord => ({
  class: className,
  activity,
  actor,
  isFailure: false,
  severity: informational,
  ...more,
})

/** A name of RFC 8693. @see https://www.rfc-editor.org/rfc/rfc8693#section-3 */
const accessToken = 'urn:ietf:params:oauth:token-type:access_token'

const { accountChange, authentication, authorizeSession, entityManagement, groupManagement } =
  ocsfActivities

const issuing = (actor: ActorKind): OcsfWord =>
  word('authorizeSession', authorizeSession.assign, actor, { privileges: [accessToken] })

/** A code or token that came twice: whoever brings it gets nothing, and the whole line is revoked. */
const revoking = word('authorizeSession', other('Revoke Privileges'), 'client', {
  isFailure: true,
  severity: high,
  privileges: [accessToken],
})

/** A word for something new and one for a change of what was there. */
type ByKind = Readonly<Record<TableChange['kind'], OcsfWord>>

const managing = (entityType: string, actor: ActorKind = 'operator'): ByKind => ({
  created: word('entityManagement', entityManagement.create, actor, { entityType }),
  changed: word('entityManagement', entityManagement.update, actor, { entityType }),
})

const keyWord = (activity: OcsfActivity): OcsfWord =>
  word('entityManagement', activity, 'sallyport', { entityType: 'key' })

const words: Readonly<Record<Activity, OcsfWord | ByKind>> = {
  'sign-in': word('authentication', authentication.logon, 'user'),
  'sign-in-failed': word('authentication', authentication.logon, 'user', {
    isFailure: true,
    severity: low,
  }),
  'sign-out': word('authentication', authentication.logoff, 'user'),
  'session-revoked': word('authentication', authentication.logoff, 'sallyport'),
  'logout-delivered': word('authentication', authentication.logoff, 'sallyport'),
  'logout-undelivered': word('authentication', authentication.logoff, 'sallyport', {
    isFailure: true,
    severity: low,
  }),
  'ping-delivered': word('authorizeSession', other('Announce'), 'sallyport', {
    privileges: ['backchannel'],
  }),
  'ping-undelivered': word('authorizeSession', other('Announce'), 'sallyport', {
    isFailure: true,
    severity: low,
    privileges: ['backchannel'],
  }),
  consent: word('authorizeSession', authorizeSession.assign, 'user', { privileges: ['consent'] }),
  'code-redeemed': issuing('user'),
  'code-replayed': revoking,
  'token-refreshed': issuing('user'),
  'refresh-replayed': revoking,
  'token-issued': issuing('client'),
  'token-exchanged': issuing('client'),
  'assertion-redeemed': issuing('client'),
  'device-requested': word('authorizeSession', other('Request'), 'client', {
    privileges: ['device'],
  }),
  'device-allowed': word('authorizeSession', authorizeSession.assign, 'user', {
    privileges: ['consent'],
  }),
  'device-denied': word('authorizeSession', other('Deny'), 'user', { privileges: ['device'] }),
  'device-redeemed': issuing('user'),
  'device-replayed': revoking,
  'backchannel-requested': word('authorizeSession', other('Request'), 'client', {
    privileges: ['backchannel'],
  }),
  'backchannel-allowed': word('authorizeSession', authorizeSession.assign, 'user', {
    privileges: ['consent'],
  }),
  'backchannel-denied': word('authorizeSession', other('Deny'), 'user', {
    privileges: ['backchannel'],
  }),
  'backchannel-redeemed': issuing('user'),
  'backchannel-replayed': revoking,
  'user-code-entered': word('authorizeSession', other('Find'), 'user', { privileges: ['device'] }),
  'user-code-failed': word('authorizeSession', other('Find'), 'user', {
    isFailure: true,
    severity: low,
    privileges: ['device'],
  }),
  'token-revoked': word('authorizeSession', other('Revoke Privileges'), 'client', {
    privileges: [accessToken],
  }),
  'stranger-counted': word('authorizeSession', other('Attempt'), 'client', {
    privileges: ['request'],
  }),
  'request-pushed': word('authorizeSession', other('Ask for Privileges'), 'client', {
    privileges: ['request'],
  }),
  'request-answered': word('authorizeSession', other('Answer a Request'), 'user', {
    privileges: ['request'],
  }),
  'tenant-changed': managing('tenant'),
  'client-changed': managing('client'),
  'registration-attempted': word('entityManagement', other('Attempt'), 'client', {
    entityType: 'client',
  }),
  'client-registered': managing('client', 'client'),
  'client-removed': word('entityManagement', entityManagement.delete, 'client', {
    entityType: 'client',
  }),
  'initial-token-changed': managing('initial access token'),
  'initial-token-used': word('entityManagement', other('Use'), 'client', {
    entityType: 'initial access token',
  }),
  'resource-changed': managing('resource server'),
  'issuer-changed': managing('trusted issuer'),
  'group-changed': managing('group'),
  'user-changed': {
    created: word('accountChange', accountChange.create, 'operator'),
    changed: word('accountChange', other('Update'), 'operator'),
  },
  'password-changed': word('accountChange', accountChange.changePassword, 'operator'),
  'key-created': keyWord(entityManagement.create),
  'key-activated': keyWord(entityManagement.update),
  'key-replaced': keyWord(entityManagement.update),
  'key-retired': keyWord(entityManagement.delete),
  'key-withdrawn': keyWord(entityManagement.update),
}

const newMember = word('groupManagement', groupManagement.addUser, 'operator')

const isKnown = (activity: string): activity is Activity => Object.hasOwn(words, activity)

/** Answers how to say a change in OCSF; a word that only a later version knows is no reason to lose it. */
export function wordOf(change: TableChange): OcsfWord {
  const { activity } = change.event
  if (!isKnown(activity)) return word('baseEvent', other(activity), 'sallyport')
  if (activity === 'group-changed' && subjectOf(change).entity === 'MEMBERSHIP') return newMember
  const found = words[activity]
  return 'class' in found ? found : found[change.kind]
}
