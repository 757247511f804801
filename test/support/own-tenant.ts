import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm'
import { parameterNames } from '#infra/parameters.ts'
import { documentClient } from '#shared/aws/dynamodb.ts'
import { type TenantId, trusted } from '#shared/kernel/ids.ts'
import { dynamoTenants } from '#shared/store/tenants.ts'
import type { TenantSettings } from '#shared/tenant/tenant.ts'
import { anyEvent } from '../contract/support/samples.ts'
import type { OperatorAccess } from './local-cloud.ts'

/** Makes a tenant of a test's own, which is like another one but for its settings; it has no keys. */
export async function addTenantLike(
  aws: OperatorAccess,
  [model, id]: readonly [model: string, id: string],
  settings: Partial<TenantSettings>,
): Promise<void> {
  const ssm = new SSMClient(aws)
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: parameterNames.tableName }))
  ssm.destroy()
  const client = documentClient(aws)
  const tenants = dynamoTenants({ client, name: Parameter?.Value ?? '' })
  const found = await tenants.find(trusted<TenantId>(model))
  if (found === undefined) throw new Error(`the configuration has no tenant ${model}`)
  const issuer = found.issuer.replace(model, id)
  const own = { ...found, id: trusted<TenantId>(id), issuer }
  const event = anyEvent({ activity: 'tenant-changed' })
  await tenants.save({ ...own, settings: { ...found.settings, ...settings } }, event)
  client.destroy()
}
