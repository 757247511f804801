import type { ClientId, TenantId } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import type { Authorization } from '../authorization/authorization.ts'
import type { RequestedAccess } from '../authorization/requested-access.ts'
import type { ResourceServer } from '../token/resource-server.ts'
import type { PollPace } from './poll-pace.ts'

/** What a person has answered; given once, it stays. */
export type PolledAnswer =
  | { readonly kind: 'allowed'; readonly authorization: Authorization }
  | { readonly kind: 'denied' }

/** What a client has asked for, as it is kept; what it did not name is not there. */
export interface KeptAccess
  extends Pick<Authorization, 'scopes' | 'resources' | 'authorizationDetails'> {
  /** Names of the services that the access is for, as the person is shown them. */
  readonly services?: readonly string[]
}

/** @param servers those of the resources that are not the issuer itself */
export const keptAccess = (
  { scopes, resources, authorizationDetails }: RequestedAccess,
  servers: readonly ResourceServer[],
): KeptAccess => ({
  scopes,
  ...withoutAbsent({
    resources: resources.length === 0 ? undefined : resources,
    services: servers.length === 0 ? undefined : servers.map(({ name }) => name),
    authorizationDetails,
  }),
})

/** What a client polls for while a person answers it elsewhere. */
export interface PolledAuthorization extends PollPace, KeptAccess {
  readonly tenant: TenantId
  readonly client: ClientId
  readonly issuedAt: EpochSeconds
  readonly expiresAt: EpochSeconds
  readonly answer?: PolledAnswer
}
