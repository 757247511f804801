import {
  type ClientId,
  type SessionId,
  type TenantId,
  trusted,
  type UserId,
} from '#shared/kernel/ids.ts'
import { isRecord, parseJson } from '#shared/kernel/json.ts'
import type { BackchannelRequestId } from '#shared/oauth/polling/backchannel-request.ts'

/** What every notice says: whose it is, and who is to hear. */
interface NoticeFacts {
  readonly tenant: TenantId
  readonly user: UserId
  readonly client: ClientId
}

/** That one client is to hear that one session is over. */
export interface LogoutNotice extends NoticeFacts {
  readonly kind: 'logout'
  readonly sid: SessionId
}

/** That one client is to hear that its request has been answered; what proves it stays in the table. */
export interface PingNotice extends NoticeFacts {
  readonly kind: 'ping'
  readonly request: BackchannelRequestId
}

/** What a client is to hear, without waiting for it; it travels through a queue as JSON. */
export type ClientNotice = LogoutNotice | PingNotice

/** Writes a notice for the queue. */
export const renderClientNotice = (notice: ClientNotice): string =>
  JSON.stringify({ v: 1, ...notice })

/** Reads what the queue holds, or answers `undefined` for what no version of ours has written. */
export function parseClientNotice(body: string): ClientNotice | undefined {
  const parsed = parseJson(body)
  if (!isRecord(parsed)) return undefined
  const { v, kind, tenant, user, client, sid, request } = parsed
  if (v !== 1 || !isText(tenant) || !isText(user) || !isText(client)) return undefined
  const facts = {
    tenant: trusted<TenantId>(tenant),
    user: trusted<UserId>(user),
    client: trusted<ClientId>(client),
  }
  if (kind === 'logout' && isText(sid)) return { kind, ...facts, sid: trusted<SessionId>(sid) }
  if (kind === 'ping' && isText(request)) {
    return { kind, ...facts, request: trusted<BackchannelRequestId>(request) }
  }
  return undefined
}

const isText = (value: unknown): value is string => typeof value === 'string'
