import { RemovalPolicy, Stack } from 'aws-cdk-lib'
import type { CfnTable } from 'aws-cdk-lib/aws-glue'
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { CfnDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose'
import { LogGroup, LogStream, RetentionDays } from 'aws-cdk-lib/aws-logs'
import type { IBucket } from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import { lake } from '#shared/audit/lake.ts'
import { acceptWildcard } from '../checks.ts'
import { logPrefix } from './lake-catalog.ts'

interface LakeDeliveryProps {
  readonly log: IBucket
  readonly table: CfnTable
}

/** Events wait this long at most: a file for each bucket and interval, and files cost more than bytes. */
const bufferingHints = { intervalInSeconds: 300, sizeInMBs: 128 } as const

/** Where a row lies follows from the row alone, so that it lies there each time it is delivered. */
const partitioning = {
  enabled: true,
  processors: [
    {
      type: 'MetadataExtraction',
      parameters: [
        {
          parameterName: 'MetadataExtractionQuery',
          parameterValue: '{day: .day, bucket: .bucket}',
        },
        { parameterName: 'JsonParsingEngine', parameterValue: 'JQ-1.6' },
      ],
    },
  ],
}

/** The stream that turns events into Parquet files of the log. */
export class LakeDelivery extends Construct {
  readonly stream: CfnDeliveryStream

  constructor(scope: Construct, id: string, { log, table }: LakeDeliveryProps) {
    super(scope, id)
    const errors = this.errorLog()
    const role = this.role(log, errors)
    this.stream = new CfnDeliveryStream(this, 'Stream', {
      deliveryStreamType: 'DirectPut',
      deliveryStreamEncryptionConfigurationInput: { keyType: 'AWS_OWNED_CMK' },
      extendedS3DestinationConfiguration: {
        bucketArn: log.bucketArn,
        roleArn: role.roleArn,
        prefix: `${logPrefix}day=!{partitionKeyFromQuery:day}/bucket=!{partitionKeyFromQuery:bucket}/`,
        errorOutputPrefix: 'failed/!{firehose:error-output-type}/day=!{timestamp:yyyy-MM-dd}/',
        bufferingHints,
        compressionFormat: 'UNCOMPRESSED',
        dynamicPartitioningConfiguration: {
          enabled: true,
          retryOptions: { durationInSeconds: 7200 },
        },
        processingConfiguration: partitioning,
        dataFormatConversionConfiguration: {
          enabled: true,
          inputFormatConfiguration: { deserializer: { openXJsonSerDe: {} } },
          outputFormatConfiguration: { serializer: { parquetSerDe: { compression: 'SNAPPY' } } },
          schemaConfiguration: {
            catalogId: Stack.of(this).account,
            databaseName: lake.database,
            tableName: lake.table,
            region: Stack.of(this).region,
            roleArn: role.roleArn,
            versionId: 'LATEST',
          },
        },
        cloudWatchLoggingOptions: { enabled: true, ...errors.names },
      },
    })
    this.stream.addResourceDependency(table)
  }

  private errorLog() {
    const group = new LogGroup(this, 'Errors', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    })
    const { logStreamName } = new LogStream(this, 'ErrorStream', {
      logGroup: group,
      removalPolicy: RemovalPolicy.DESTROY,
    })
    return { group, names: { logGroupName: group.logGroupName, logStreamName } }
  }

  private role(log: IBucket, { group }: ReturnType<LakeDelivery['errorLog']>): Role {
    const { account } = Stack.of(this)
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('firehose.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': account } },
      }),
      inlinePolicies: {
        delivery: new PolicyDocument({
          statements: [...this.storing(log), this.readingSchema(), writing(group)],
        }),
      },
    })
    acceptWildcard(role, log.arnForObjects('*'))
    return role
  }

  private storing(log: IBucket): readonly PolicyStatement[] {
    return [
      new PolicyStatement({
        sid: 'LogBucket',
        actions: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
        resources: [log.bucketArn],
      }),
      new PolicyStatement({
        sid: 'LogObjects',
        actions: ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'],
        resources: [log.arnForObjects('*')],
      }),
    ]
  }

  private readingSchema(): PolicyStatement {
    const stack = Stack.of(this)
    const arn = (resource: string) => stack.formatArn({ service: 'glue', resource })
    return new PolicyStatement({
      sid: 'Schema',
      actions: ['glue:GetTable', 'glue:GetTableVersion', 'glue:GetTableVersions'],
      resources: [
        arn('catalog'),
        arn(`database/${lake.database}`),
        arn(`table/${lake.database}/${lake.table}`),
      ],
    })
  }
}

const writing = ({ logGroupArn }: LogGroup): PolicyStatement =>
  new PolicyStatement({
    sid: 'Errors',
    actions: ['logs:PutLogEvents'],
    resources: [logGroupArn],
  })
