import { dynamoClientAssertions } from '#shared/store/client-assertions.ts'
import { dynamoClients } from '#shared/store/clients.ts'
import { dynamoConsents } from '#shared/store/consents.ts'
import { dynamoFailedPasswords } from '#shared/store/failed-passwords.ts'
import { dynamoGroups } from '#shared/store/groups.ts'
import { dynamoOutbox } from '#shared/store/outbox.ts'
import { dynamoPasswords } from '#shared/store/passwords.ts'
import { dynamoRefreshFamilies } from '#shared/store/refresh-families.ts'
import { dynamoResourceServers } from '#shared/store/resource-servers.ts'
import { dynamoSessions } from '#shared/store/sessions.ts'
import { dynamoUsers } from '#shared/store/users.ts'
import { table } from './table.ts'

/* Marked pure, so that a bundle holds only the repositories its function uses. */
export const clientAssertions = /* @__PURE__ */ dynamoClientAssertions(table)
export const clients = /* @__PURE__ */ dynamoClients(table)
export const consents = /* @__PURE__ */ dynamoConsents(table)
export const failedPasswords = /* @__PURE__ */ dynamoFailedPasswords(table)
export const groups = /* @__PURE__ */ dynamoGroups(table)
export const outbox = /* @__PURE__ */ dynamoOutbox(table)
export const passwords = /* @__PURE__ */ dynamoPasswords(table)
export const refreshFamilies = /* @__PURE__ */ dynamoRefreshFamilies(table)
export const resourceServers = /* @__PURE__ */ dynamoResourceServers(table)
export const sessions = /* @__PURE__ */ dynamoSessions(table)
export const users = /* @__PURE__ */ dynamoUsers(table)
