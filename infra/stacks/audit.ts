import { Stack, type StackProps } from 'aws-cdk-lib'
import { StringParameter } from 'aws-cdk-lib/aws-ssm'
import type { Construct } from 'constructs'
import { LakeCatalog } from '../constructs/lake-catalog.ts'
import { LakeDelivery } from '../constructs/lake-delivery.ts'
import { LakeQueries } from '../constructs/lake-queries.ts'
import { LakeStorage } from '../constructs/lake-storage.ts'
import { parameterNames } from '../parameters.ts'

/** What has happened, for good: the locked log, the way into it, and the means to ask it. */
export class AuditStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, { terminationProtection: true, ...props })
    const { log, results } = new LakeStorage(this, 'Storage')
    const { table } = new LakeCatalog(this, 'Catalog', log)
    const { stream } = new LakeDelivery(this, 'Delivery', { log, table })
    new LakeQueries(this, 'Queries', results)
    new StringParameter(this, 'DeliveryStreamParameter', {
      parameterName: parameterNames.auditDeliveryStream,
      stringValue: stream.ref,
    })
  }
}
