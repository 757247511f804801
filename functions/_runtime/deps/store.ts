import { dynamoAttempts } from '#shared/store/attempts.ts'
import { dynamoBackchannelRequests } from '#shared/store/backchannel-requests.ts'
import { dynamoClientAssertions } from '#shared/store/client-assertions.ts'
import { dynamoClientRegistrations } from '#shared/store/client-registrations.ts'
import { dynamoClients } from '#shared/store/clients.ts'
import { dynamoConsents } from '#shared/store/consents.ts'
import { dynamoDeviceAuthorizations } from '#shared/store/device-authorizations.ts'
import { dynamoFailedPasswords } from '#shared/store/failed-passwords.ts'
import { dynamoGroups } from '#shared/store/groups.ts'
import { dynamoInitialAccessTokens } from '#shared/store/initial-access-tokens.ts'
import { dynamoLongCodes } from '#shared/store/long-codes.ts'
import { dynamoOutbox } from '#shared/store/outbox.ts'
import { dynamoPasswords } from '#shared/store/passwords.ts'
import { dynamoPushedRequests } from '#shared/store/pushed-requests.ts'
import { dynamoRefreshFamilies } from '#shared/store/refresh-families.ts'
import { dynamoResourceServers } from '#shared/store/resource-servers.ts'
import { dynamoRevokedTokens } from '#shared/store/revoked-tokens.ts'
import { dynamoSessions } from '#shared/store/sessions.ts'
import { dynamoTrustedIssuers } from '#shared/store/trusted-issuers.ts'
import { dynamoUsedProofs } from '#shared/store/used-proofs.ts'
import { dynamoUsers } from '#shared/store/users.ts'
import { table } from './table.ts'
import { attemptsUnlessLifted, unlessLifted } from './unless-lifted.ts'

/* Marked pure, so that a bundle holds only the repositories its function uses. */
export const attempts = /* @__PURE__ */ attemptsUnlessLifted(/* @__PURE__ */ dynamoAttempts(table))
export const backchannelRequests = /* @__PURE__ */ dynamoBackchannelRequests(table)
export const clientAssertions = /* @__PURE__ */ dynamoClientAssertions(table)
export const clientRegistrations = /* @__PURE__ */ dynamoClientRegistrations(table)
export const clients = /* @__PURE__ */ dynamoClients(table)
export const consents = /* @__PURE__ */ dynamoConsents(table)
export const deviceAuthorizations = /* @__PURE__ */ dynamoDeviceAuthorizations(table)
export const failedPasswords = /* @__PURE__ */ unlessLifted(
  /* @__PURE__ */ dynamoFailedPasswords(table),
)
export const groups = /* @__PURE__ */ dynamoGroups(table)
export const initialAccessTokens = /* @__PURE__ */ dynamoInitialAccessTokens(table)
export const longCodes = /* @__PURE__ */ dynamoLongCodes(table)
export const outbox = /* @__PURE__ */ dynamoOutbox(table)
export const passwords = /* @__PURE__ */ dynamoPasswords(table)
export const pushedRequests = /* @__PURE__ */ dynamoPushedRequests(table)
export const refreshFamilies = /* @__PURE__ */ dynamoRefreshFamilies(table)
export const resourceServers = /* @__PURE__ */ dynamoResourceServers(table)
export const revokedTokens = /* @__PURE__ */ dynamoRevokedTokens(table)
export const sessions = /* @__PURE__ */ dynamoSessions(table)
export const trustedIssuers = /* @__PURE__ */ dynamoTrustedIssuers(table)
export const usedProofs = /* @__PURE__ */ dynamoUsedProofs(table)
export const users = /* @__PURE__ */ dynamoUsers(table)
