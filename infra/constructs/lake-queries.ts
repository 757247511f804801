import { CfnNamedQuery, CfnWorkGroup } from 'aws-cdk-lib/aws-athena'
import type { IBucket } from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import { lake } from '#shared/audit/lake.ts'
import { savedQueries } from '../saved-queries.ts'

/** A query that reads more is broken off: at $5 a TB this one has cost fifty cents. */
const mostBytesRead = 100 * 1024 ** 3

/** The workgroup in which the log is asked, and the questions that every operator has. */
export class LakeQueries extends Construct {
  constructor(scope: Construct, id: string, results: IBucket) {
    super(scope, id)
    const workgroup = new CfnWorkGroup(this, 'Workgroup', {
      name: lake.workgroup,
      description: 'Asks the audit lake of Sallyport',
      recursiveDeleteOption: true,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        bytesScannedCutoffPerQuery: mostBytesRead,
        engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        resultConfiguration: {
          outputLocation: results.s3UrlForObject('results/'),
          encryptionConfiguration: { encryptionOption: 'SSE_S3' },
        },
      },
    })
    for (const { name, description, sql } of savedQueries) {
      new CfnNamedQuery(this, name, {
        name,
        description,
        database: lake.database,
        queryString: sql,
        workGroup: lake.workgroup,
      }).addResourceDependency(workgroup)
    }
  }
}
