import { type OcsfClass, ocsfClasses, ocsfVersion } from './ocsf-class.ts'
import { type OcsfWord, wordOf } from './ocsf-word.ts'
import { type Subject, subjectOf, type TableChange } from './table-change.ts'

const product = { name: 'Sallyport', vendor_name: 'Sallyport' } as const

/** Expands a compact event to the schema's own form, complete with all that its class requires. */
export function ocsfEventOf(change: TableChange) {
  const word = wordOf(change)
  const subject = subjectOf(change)
  const { event } = change
  return {
    ...classification(ocsfClasses[word.class], word),
    time: event.time * 1000,
    message: event.activity,
    status_id: word.isFailure ? 2 : 1,
    status: word.isFailure ? 'Failure' : 'Success',
    ...(event.rule !== undefined && { status_detail: event.rule }),
    metadata: {
      version: ocsfVersion,
      product,
      uid: event.id,
      event_code: event.activity,
      log_name: 'audit',
      ...(subject.tenant !== undefined && { tenant_uid: subject.tenant }),
    },
    actor: actorOf(change, word),
    ...(event.address !== undefined && { src_endpoint: { ip: event.address } }),
    ...particulars(change, word, subject),
  }
}

function classification({ uid, name, category }: OcsfClass, word: OcsfWord) {
  const [activityId, activityName] = word.activity
  const [severityId, severity] = word.severity
  return {
    category_uid: category.uid,
    category_name: category.name,
    class_uid: uid,
    class_name: name,
    activity_id: activityId,
    activity_name: activityName,
    type_uid: uid * 100 + activityId,
    type_name: `${name}: ${activityName}`,
    severity_id: severityId,
    severity,
  }
}

/** What the class of the event requires beside what every event has. */
function particulars(change: TableChange, word: OcsfWord, subject: Subject) {
  const user = userOf(change)
  switch (word.class) {
    case 'accountChange':
      return { user }
    case 'authentication':
      return { user, service: { name: product.name, uid: subject.tenant } }
    case 'authorizeSession':
      return { user, privileges: word.privileges, ...clientService(change) }
    case 'entityManagement':
      return { entity: { type: word.entityType, uid: subject.id } }
    case 'groupManagement':
      return { user, group: { uid: subject.id } }
    case 'baseEvent':
      return { unmapped: { entity: subject.entity, id: subject.id } }
  }
}

/** The app that a session was authorized for. */
const clientService = ({ event: { client } }: TableChange) =>
  client === undefined ? {} : { service: { name: client, uid: client } }

function userOf(change: TableChange) {
  const { user, client } = change.event
  if (user !== undefined) return { uid: user, type_id: 1, type: 'User' }
  if (client !== undefined) return { uid: client, type_id: 99, type: 'Client' }
  return { uid: triedAccountOf(change) ?? 'unknown', type_id: 0, type: 'Unknown' }
}

/**
 * The hash of the user name that somebody tried in vain: it tells one account from another.
 *
 * A failure is counted for the account and for the address, and both counters carry its event.
 */
export function triedAccountOf({ pk, sk }: TableChange): string | undefined {
  const { entity, id } = subjectOf({ pk, sk })
  return entity === 'FAILEDPASSWORD' && sk === 'account' ? `sha256:${id}` : undefined
}

function actorOf(change: TableChange, { actor }: OcsfWord) {
  if (actor === 'operator' || actor === 'sallyport') return { app_name: actor }
  const { client } = change.event
  return {
    user: userOf(change),
    ...(client !== undefined && { app_uid: client, app_name: client }),
  }
}
