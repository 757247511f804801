import { Aws } from 'aws-cdk-lib'
import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue'
import type { IBucket } from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import { auditColumns, auditPartitions, bucketCount } from '#shared/audit/columns.ts'
import { auditEventsSql, lake } from '#shared/audit/lake.ts'

/** Where in the bucket the log lies; what could not be delivered lies elsewhere. */
export const logPrefix = 'audit/'

const parquet = 'org.apache.hadoop.hive.ql.io.parquet'

/**
 * How Athena knows the partitions without being told of each.
 *
 * @see https://docs.aws.amazon.com/athena/latest/ug/partition-projection.html
 */
const projection = (log: IBucket) => ({
  classification: 'parquet',
  'projection.enabled': 'true',
  'projection.day.type': 'date',
  'projection.day.format': 'yyyy-MM-dd',
  'projection.day.range': '2026-01-01,NOW+1DAYS',
  'projection.day.interval': '1',
  'projection.day.interval.unit': 'DAYS',
  'projection.bucket.type': 'integer',
  'projection.bucket.range': `0,${bucketCount - 1}`,
  'projection.bucket.digits': '2',
  'storage.location.template': `s3://${log.bucketName}/${logPrefix}day=\${day}/bucket=\${bucket}/`,
})

const columnsOf = (types: Readonly<Record<string, string>>) =>
  Object.entries(types).map(([name, type]) => ({ name, type }))

const prestoTypes: Readonly<Record<string, string>> = {
  string: 'varchar',
  int: 'integer',
  timestamp: 'timestamp',
}

/** Athena keeps a view as the base64 of this JSON in the text of a table. */
function viewText(): string {
  const columns = columnsOf({ ...auditColumns, ...auditPartitions }).map(({ name, type }) => ({
    name,
    type: prestoTypes[type],
  }))
  const { database: schema } = lake
  const view = { originalSql: auditEventsSql, catalog: 'awsdatacatalog', schema, columns }
  return `/* Presto View: ${Buffer.from(JSON.stringify(view)).toString('base64')} */`
}

/** What Athena knows of the log: the table of its files and the view that holds each event once. */
export class LakeCatalog extends Construct {
  readonly table: CfnTable

  constructor(scope: Construct, id: string, log: IBucket) {
    super(scope, id)
    const database = new CfnDatabase(this, 'Database', {
      catalogId: Aws.ACCOUNT_ID,
      databaseInput: { name: lake.database, description: 'Security events of Sallyport' },
    })
    this.table = this.auditLog(log)
    this.table.addResourceDependency(database)
    this.auditEvents().addResourceDependency(this.table)
  }

  private auditLog(log: IBucket): CfnTable {
    return new CfnTable(this, 'AuditLog', {
      catalogId: Aws.ACCOUNT_ID,
      databaseName: lake.database,
      tableInput: {
        name: lake.table,
        description: 'Security events as they were delivered, some more than once',
        tableType: 'EXTERNAL_TABLE',
        parameters: projection(log),
        partitionKeys: columnsOf(auditPartitions),
        storageDescriptor: {
          columns: columnsOf(auditColumns),
          location: `s3://${log.bucketName}/${logPrefix}`,
          inputFormat: `${parquet}.MapredParquetInputFormat`,
          outputFormat: `${parquet}.MapredParquetOutputFormat`,
          serdeInfo: { serializationLibrary: `${parquet}.serde.ParquetHiveSerDe` },
        },
      },
    })
  }

  private auditEvents(): CfnTable {
    return new CfnTable(this, 'AuditEvents', {
      catalogId: Aws.ACCOUNT_ID,
      databaseName: lake.database,
      tableInput: {
        name: lake.view,
        description: 'Security events, each exactly once',
        tableType: 'VIRTUAL_VIEW',
        parameters: { presto_view: 'true', comment: 'Presto View' },
        viewOriginalText: viewText(),
        viewExpandedText: '/* Presto View */',
        storageDescriptor: { columns: columnsOf({ ...auditColumns, ...auditPartitions }) },
      },
    })
  }
}
