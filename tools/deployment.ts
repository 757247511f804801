import { GetParametersCommand, SSMClient } from '@aws-sdk/client-ssm'
import { parameterNames } from '#infra/parameters.ts'
import { clientSettings } from '#shared/aws/client-settings.ts'
import { documentClient } from '#shared/aws/dynamodb.ts'
import { declaredKmsKey, kmsKeyMaker } from '#shared/aws/key-maker.ts'
import { kmsClient } from '#shared/aws/kms.ts'
import type { ApplyPorts } from '#shared/configuration/flows/apply-ports.ts'
import { systemClock } from '#shared/node/clock.ts'
import { argon2idHasher } from '#shared/node/password-hasher.ts'
import { systemRandom } from '#shared/node/random.ts'
import { dynamoClients } from '#shared/store/clients.ts'
import { dynamoGroups } from '#shared/store/groups.ts'
import { dynamoInitialAccessTokens } from '#shared/store/initial-access-tokens.ts'
import { dynamoPasswords } from '#shared/store/passwords.ts'
import { dynamoResourceServers } from '#shared/store/resource-servers.ts'
import { dynamoSealingKeys } from '#shared/store/sealing-keys.ts'
import { dynamoSessions } from '#shared/store/sessions.ts'
import { dynamoSigningKeys } from '#shared/store/signing-keys.ts'
import type { Table } from '#shared/store/table.ts'
import { dynamoTenants } from '#shared/store/tenants.ts'
import { dynamoTrustedIssuers } from '#shared/store/trusted-issuers.ts'
import { dynamoUsers } from '#shared/store/users.ts'

/** How AWS is reached; what is left out comes from the environment and the shared configuration files. */
export interface AwsAccess {
  readonly region?: string
  readonly endpoint?: string
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string }
}

/** What the tools need of what was published. */
type Parameters = Readonly<
  Record<'tableName' | 'wrappingKeyArn' | 'signingKeyArn' | 'issuerOrigin', string>
>

/** What was deployed, as the stacks have published it. */
export interface Deployment {
  readonly issuerOrigin: string
  readonly ports: ApplyPorts
}

/** Finds the deployment of an account and Region by its published parameters. */
export async function findDeployment(aws: AwsAccess): Promise<Deployment> {
  const parameters = await readParameters(aws)
  const table = { client: documentClient(aws), name: parameters.tableName }
  return { issuerOrigin: parameters.issuerOrigin, ports: portsOf(table, parameters, aws) }
}

async function readParameters(aws: AwsAccess): Promise<Parameters> {
  const ssm = new SSMClient({ ...clientSettings, ...aws })
  const names = Object.values(parameterNames)
  const { Parameters: found = [] } = await ssm.send(new GetParametersCommand({ Names: names }))
  ssm.destroy()
  const published = (name: string): string => {
    const value = found.find((parameter) => parameter.Name === name)?.Value
    if (value !== undefined) return value
    throw new Error(`nothing is deployed in this account and Region: parameter ${name} is missing`)
  }
  return {
    tableName: published(parameterNames.tableName),
    wrappingKeyArn: published(parameterNames.wrappingKeyArn),
    signingKeyArn: published(parameterNames.signingKeyArn),
    issuerOrigin: published(parameterNames.issuerOrigin),
  }
}

/** Where a configuration is kept. */
export const repositoriesOf = (table: Table) => ({
  tenants: dynamoTenants(table),
  signingKeys: dynamoSigningKeys(table),
  sealingKeys: dynamoSealingKeys(table),
  users: dynamoUsers(table),
  passwords: dynamoPasswords(table),
  sessions: dynamoSessions(table),
  groups: dynamoGroups(table),
  clients: dynamoClients(table),
  resourceServers: dynamoResourceServers(table),
  trustedIssuers: dynamoTrustedIssuers(table),
  initialAccessTokens: dynamoInitialAccessTokens(table),
})

function portsOf(
  table: Table,
  { wrappingKeyArn, signingKeyArn }: Parameters,
  aws: AwsAccess,
): ApplyPorts {
  const shared = { clock: systemClock, random: systemRandom }
  const kms = { client: kmsClient(aws), wrappingKeyArn }
  return {
    ...shared,
    ...repositoriesOf(table),
    keyMaker: kmsKeyMaker({ ...shared, kms }),
    declaredKey: declaredKmsKey({ ...shared, kms }, signingKeyArn),
    passwordHasher: argon2idHasher,
  }
}
