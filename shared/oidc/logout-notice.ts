import {
  type ClientId,
  type SessionId,
  type TenantId,
  trusted,
  type UserId,
} from '#shared/kernel/ids.ts'

/** That one client is to hear that one session is over; it travels through a queue as JSON. */
export interface LogoutNotice {
  readonly tenant: TenantId
  readonly user: UserId
  readonly sid: SessionId
  readonly client: ClientId
}

/** Writes a notice for the queue. */
export const renderLogoutNotice = ({ tenant, user, sid, client }: LogoutNotice): string =>
  JSON.stringify({ v: 1, tenant, user, sid, client })

/** Reads what the queue holds, or answers `undefined` for what no version of ours has written. */
export function parseLogoutNotice(body: string): LogoutNotice | undefined {
  const { v, tenant, user, sid, client } = fieldsOf(body)
  if (v !== 1 || !isText(tenant) || !isText(user) || !isText(sid) || !isText(client)) {
    return undefined
  }
  return {
    tenant: trusted<TenantId>(tenant),
    user: trusted<UserId>(user),
    sid: trusted<SessionId>(sid),
    client: trusted<ClientId>(client),
  }
}

const isText = (value: unknown): value is string => typeof value === 'string'

function fieldsOf(body: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(body)
    return { ...(typeof parsed === 'object' ? parsed : {}) }
  } catch {
    return {}
  }
}
