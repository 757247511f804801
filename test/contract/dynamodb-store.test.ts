import { describe } from 'vitest'
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
import { dynamoPasswords } from '#shared/store/passwords.ts'
import { dynamoPushedRequests } from '#shared/store/pushed-requests.ts'
import { dynamoRefreshFamilies } from '#shared/store/refresh-families.ts'
import { dynamoResourceServers } from '#shared/store/resource-servers.ts'
import { dynamoRevokedTokens } from '#shared/store/revoked-tokens.ts'
import { dynamoSealingKeys } from '#shared/store/sealing-keys.ts'
import { dynamoSessions } from '#shared/store/sessions.ts'
import { dynamoSigningKeys } from '#shared/store/signing-keys.ts'
import type { Table } from '#shared/store/table.ts'
import { dynamoTenants } from '#shared/store/tenants.ts'
import { dynamoTrustedIssuers } from '#shared/store/trusted-issuers.ts'
import { dynamoUsedProofs } from '#shared/store/used-proofs.ts'
import { dynamoUsers } from '#shared/store/users.ts'
import { useDynamoDb } from '../support/dynamodb.ts'
import { attemptsContract } from './attempts.contract.ts'
import { backchannelRequestsContract } from './backchannel-requests.contract.ts'
import { clientAssertionsContract } from './client-assertions.contract.ts'
import { clientRegistrationsContract } from './client-registrations.contract.ts'
import { clientsContract } from './clients.contract.ts'
import { consentsContract } from './consents.contract.ts'
import { deviceAuthorizationsContract } from './device-authorizations.contract.ts'
import { failedPasswordsContract } from './failed-passwords.contract.ts'
import { groupsContract } from './groups.contract.ts'
import { initialAccessTokensContract } from './initial-access-tokens.contract.ts'
import { longCodesContract } from './long-codes.contract.ts'
import { pushedRequestsContract } from './pushed-requests.contract.ts'
import { refreshFamiliesContract } from './refresh-families.contract.ts'
import { resourceServersContract } from './resource-servers.contract.ts'
import { revokedTokensContract } from './revoked-tokens.contract.ts'
import { sealingKeysContract } from './sealing-keys.contract.ts'
import { sessionsContract } from './sessions.contract.ts'
import { signingKeysContract } from './signing-keys.contract.ts'
import type { Subject } from './support/subject.ts'
import { loseAnswers } from './support/tampered-client.ts'
import { tenantsContract } from './tenants.contract.ts'
import { trustedIssuersContract } from './trusted-issuers.contract.ts'
import { usedProofsContract } from './used-proofs.contract.ts'
import { usersContract } from './users.contract.ts'

const engine = useDynamoDb()

const against = <Port>(open: (table: Table) => Port): Subject<Port> => ({
  sound: () => open(engine().table),
  losingAnAnswer: () =>
    open({ client: loseAnswers(engine().client(), 1), name: engine().table.name }),
})

describe('Tenants', () => tenantsContract(against(dynamoTenants)))
describe('Clients', () => clientsContract(against(dynamoClients)))
describe('ClientRegistrations', () =>
  clientRegistrationsContract(against(dynamoClientRegistrations), () =>
    dynamoClients(engine().table),
  ))
describe('InitialAccessTokens', () =>
  initialAccessTokensContract(against(dynamoInitialAccessTokens)))
describe('ResourceServers', () => resourceServersContract(against(dynamoResourceServers)))
describe('LongCodes', () => longCodesContract(against(dynamoLongCodes)))
describe('TrustedIssuers', () => trustedIssuersContract(against(dynamoTrustedIssuers)))
describe('PushedRequests', () => pushedRequestsContract(against(dynamoPushedRequests)))
describe('Users and Passwords', () =>
  usersContract(against(dynamoUsers), () => dynamoPasswords(engine().table)))
describe('Groups', () => groupsContract(against(dynamoGroups)))
describe('Sessions', () => sessionsContract(against(dynamoSessions)))
describe('RefreshFamilies', () => refreshFamiliesContract(against(dynamoRefreshFamilies)))
describe('Consents', () => consentsContract(against(dynamoConsents)))
describe('FailedPasswords', () => failedPasswordsContract(against(dynamoFailedPasswords)))
describe('Attempts', () => attemptsContract(against(dynamoAttempts)))
describe('DeviceAuthorizations', () =>
  deviceAuthorizationsContract(against(dynamoDeviceAuthorizations)))
describe('BackchannelRequests', () =>
  backchannelRequestsContract(against(dynamoBackchannelRequests)))
describe('ClientAssertions', () => clientAssertionsContract(against(dynamoClientAssertions)))
describe('UsedProofs', () => usedProofsContract(against(dynamoUsedProofs)))
describe('RevokedTokens', () => revokedTokensContract(against(dynamoRevokedTokens)))
describe('SigningKeys', () => signingKeysContract(against(dynamoSigningKeys)))
describe('SealingKeys', () => sealingKeysContract(against(dynamoSealingKeys)))
