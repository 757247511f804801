import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm'
import { parameterNames } from '#infra/parameters.ts'
import { documentClient } from '#shared/aws/dynamodb.ts'
import { type ClientId, type TenantId, trusted } from '#shared/kernel/ids.ts'
import { systemRandom } from '#shared/node/random.ts'
import type { Client } from '#shared/oauth/client/client.ts'
import { dynamoClients } from '#shared/store/clients.ts'
import { anyEvent } from '../contract/support/samples.ts'
import type { OperatorAccess } from './local-cloud.ts'

/** Registers a client of a test's own, which is like one of the configuration but for what is given. */
export async function registerLike(
  aws: OperatorAccess,
  [tenant, model]: readonly [tenant: string, model: string],
  more: Partial<Client>,
): Promise<ClientId> {
  const ssm = new SSMClient(aws)
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: parameterNames.tableName }))
  ssm.destroy()
  const client = documentClient(aws)
  const clients = dynamoClients({ client, name: Parameter?.Value ?? '' })
  const found = await clients.find(trusted<TenantId>(tenant), trusted<ClientId>(model))
  if (found === undefined) throw new Error(`the configuration has no client ${model}`)
  const id = trusted<ClientId>(`own-${systemRandom.id()}`)
  await clients.save({ ...found, id, ...more }, anyEvent({ activity: 'client-changed' }))
  client.destroy()
  return id
}
