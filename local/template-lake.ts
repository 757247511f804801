import { z } from 'zod'
import { type Principal, principalOf } from './template-functions.ts'
import { type Declared, ofType } from './template-resources.ts'
import { TemplateError } from './template-world.ts'

export interface LocalBucket {
  readonly name: string
  readonly arn: string
}

export const readBuckets = (all: readonly Declared[]): readonly LocalBucket[] =>
  ofType(all, 'AWS::S3::Bucket').map((each) => ({ name: each.ref(), arn: each.attribute('Arn') }))

export interface LocalDeliveryStream {
  readonly name: string
  readonly arn: string
  /** The role that it writes with. */
  readonly principal: Principal
  readonly bucket: string
  /** With `!{partitionKeyFromQuery:name}` in it, where partitions are dynamic. */
  readonly prefix: string
  readonly errorPrefix: string
  /** The jq object that names the partition keys; absent without dynamic partitioning. */
  readonly partitionQuery: string | undefined
  /** The Glue table whose columns the Parquet files have. */
  readonly table: { readonly database: string; readonly name: string }
}

const processor = z.object({
  Type: z.string(),
  Parameters: z
    .array(z.object({ ParameterName: z.string(), ParameterValue: z.string() }))
    .default([]),
})

const destinationSchema = z.object({
  BucketARN: z.string(),
  RoleARN: z.string(),
  Prefix: z.string().default(''),
  ErrorOutputPrefix: z.string().default('errors/'),
  ProcessingConfiguration: z.object({ Processors: z.array(processor).default([]) }).optional(),
  DataFormatConversionConfiguration: z.object({
    SchemaConfiguration: z.object({ DatabaseName: z.string(), TableName: z.string() }),
    OutputFormatConfiguration: z.object({
      Serializer: z.object({ ParquetSerDe: z.looseObject({}) }),
    }),
  }),
})

const streamSchema = z.object({ ExtendedS3DestinationConfiguration: destinationSchema })

/** Streams that write Parquet to S3: the one kind there is here. */
export function readDeliveryStreams(all: readonly Declared[]): readonly LocalDeliveryStream[] {
  return ofType(all, 'AWS::KinesisFirehose::DeliveryStream').map((each) => {
    const { ExtendedS3DestinationConfiguration: destination } = each.read(streamSchema)
    const { SchemaConfiguration: schema } = destination.DataFormatConversionConfiguration
    const parameters = (destination.ProcessingConfiguration?.Processors ?? [])
      .filter(({ Type }) => Type === 'MetadataExtraction')
      .flatMap(({ Parameters }) => Parameters)
    return {
      name: each.ref(),
      arn: each.attribute('Arn'),
      principal: principalOf(all, each, destination.RoleARN),
      bucket: destination.BucketARN.replace(/^arn:aws:s3:::/, ''),
      prefix: destination.Prefix,
      errorPrefix: destination.ErrorOutputPrefix,
      partitionQuery: parameters.find(({ ParameterName }) => ParameterName === metadataQuery)
        ?.ParameterValue,
      table: { database: schema.DatabaseName, name: schema.TableName },
    }
  })
}

const metadataQuery = 'MetadataExtractionQuery'

export interface LocalColumn {
  readonly name: string
  /** As Glue writes it, such as `string` or `int`. */
  readonly type: string
}

export interface LocalGlueTable {
  readonly database: string
  readonly name: string
  readonly columns: readonly LocalColumn[]
  readonly partitionKeys: readonly LocalColumn[]
  /** `s3://bucket/prefix/` of a table. */
  readonly location: string | undefined
  /** What a view selects, in Trino's SQL. */
  readonly viewSql: string | undefined
}

const column = z.object({ Name: z.string(), Type: z.string() })
const tableSchema = z.object({
  DatabaseName: z.string(),
  TableInput: z.object({
    TableType: z.string().default('EXTERNAL_TABLE'),
    PartitionKeys: z.array(column).default([]),
    StorageDescriptor: z
      .object({ Columns: z.array(column).default([]), Location: z.string().optional() })
      .optional(),
    ViewOriginalText: z.string().optional(),
  }),
})

const columnOf = ({ Name: name, Type: type }: z.infer<typeof column>): LocalColumn => ({
  name,
  type,
})

/** What stands in a Presto view: base64 of a JSON object, within a comment. */
function viewSqlOf(text: string, path: string): string {
  const [, encoded] = /^\/\* Presto View: ([\w+/=]+) \*\/$/.exec(text) ?? []
  if (encoded === undefined) throw new TemplateError(path, 'this is not a Presto view')
  const view: unknown = JSON.parse(Buffer.from(encoded, 'base64').toString())
  return z.object({ originalSql: z.string() }).parse(view).originalSql
}

/** Tables and views of the data catalog; a view comes after the tables. */
export function readGlueTables(all: readonly Declared[]): readonly LocalGlueTable[] {
  const tables = ofType(all, 'AWS::Glue::Table').map((each) => {
    const { DatabaseName, TableInput } = each.read(tableSchema)
    const text = TableInput.ViewOriginalText
    return {
      database: DatabaseName,
      name: each.ref(),
      columns: (TableInput.StorageDescriptor?.Columns ?? []).map(columnOf),
      partitionKeys: TableInput.PartitionKeys.map(columnOf),
      location: TableInput.StorageDescriptor?.Location,
      viewSql:
        TableInput.TableType === 'VIRTUAL_VIEW' ? viewSqlOf(text ?? '', each.path) : undefined,
    }
  })
  return tables.toSorted((left, right) => Number(isView(left)) - Number(isView(right)))
}

const isView = ({ viewSql }: LocalGlueTable): boolean => viewSql !== undefined
