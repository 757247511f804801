import { createHash } from 'node:crypto'

/** What a resource's names are made of. */
export interface Naming {
  readonly stackName: string
  readonly logicalId: string
  readonly accountId: string
  readonly region: string
  /** A resolved property of the resource, when its template sets it; dots lead inside. */
  readonly property: (name: string) => string | undefined
}

/** What `Ref` and `Fn::GetAtt` answer for one resource. */
export interface Identity {
  readonly ref: string
  readonly attributes: Readonly<Record<string, string>>
}

type ResourceType = (naming: Naming) => Identity

const hash = ({ stackName, logicalId }: Naming): string =>
  createHash('sha256').update(`${stackName}/${logicalId}`).digest('hex')

const shortId = (naming: Naming): string => hash(naming).slice(0, 10)

/** The same key for the same resource on every start, so that kept data can be opened again. */
const uuid = (naming: Naming): string =>
  hash(naming).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5')

const nameOf = (naming: Naming, property: string): string =>
  naming.property(property) ?? `${naming.stackName}-${naming.logicalId}`

const arn = ({ region, accountId }: Naming, service: string, resource: string): string =>
  `arn:aws:${service}:${region}:${accountId}:${resource}`

const onlyRef =
  (ref: (naming: Naming) => string): ResourceType =>
  (naming) => ({ ref: ref(naming), attributes: {} })

const table: ResourceType = (naming) => {
  const ref = nameOf(naming, 'TableName')
  const tableArn = arn(naming, 'dynamodb', `table/${ref}`)
  const StreamArn = `${tableArn}/stream/2026-01-01T00:00:00.000`
  return { ref, attributes: { Arn: tableArn, StreamArn, TableId: uuid(naming) } }
}

const key: ResourceType = (naming) => {
  const isMultiRegion = naming.property('MultiRegion') === 'true'
  const ref = isMultiRegion ? `mrk-${hash(naming).slice(0, 32)}` : uuid(naming)
  return { ref, attributes: { Arn: arn(naming, 'kms', `key/${ref}`), KeyId: ref } }
}

const parameter: ResourceType = (naming) => ({
  ref: nameOf(naming, 'Name'),
  attributes: { Type: naming.property('Type') ?? 'String' },
})

const secret: ResourceType = (naming) => {
  const name = nameOf(naming, 'Name')
  const ref = arn(naming, 'secretsmanager', `secret:${name}-${hash(naming).slice(0, 6)}`)
  return { ref, attributes: { Id: ref } }
}

const role: ResourceType = (naming) => {
  const ref = nameOf(naming, 'RoleName')
  const Arn = `arn:aws:iam::${naming.accountId}:role${naming.property('Path') ?? '/'}${ref}`
  return { ref, attributes: { Arn, RoleId: `AROA${shortId(naming).toUpperCase()}` } }
}

const managedPolicy: ResourceType = (naming) => {
  const ref = `arn:aws:iam::${naming.accountId}:policy/${nameOf(naming, 'ManagedPolicyName')}`
  return { ref, attributes: { PolicyArn: ref } }
}

const lambdaFunction: ResourceType = (naming) => {
  const ref = nameOf(naming, 'FunctionName')
  return { ref, attributes: { Arn: arn(naming, 'lambda', `function:${ref}`) } }
}

/** `FunctionName` of a version or an alias may be a name or an ARN. */
const qualified = (naming: Naming, qualifier: string): string => {
  const name = (naming.property('FunctionName') ?? '').replace(/^.*:function:/, '')
  return arn(naming, 'lambda', `function:${name}:${qualifier}`)
}

const version: ResourceType = (naming) => {
  const ref = qualified(naming, '1')
  return { ref, attributes: { Version: '1', FunctionArn: ref } }
}

const alias: ResourceType = (naming) => {
  const ref = qualified(naming, naming.property('Name') ?? '')
  return { ref, attributes: { AliasArn: ref } }
}

const api: ResourceType = (naming) => {
  const ref = shortId(naming)
  const ApiEndpoint = `https://${ref}.execute-api.${naming.region}.amazonaws.com`
  return { ref, attributes: { ApiId: ref, ApiEndpoint } }
}

const distribution: ResourceType = (naming) => {
  const ref = `E${shortId(naming).toUpperCase()}`
  return { ref, attributes: { Id: ref, DomainName: `d${shortId(naming)}.cloudfront.net` } }
}

const edgeFunction: ResourceType = (naming) => {
  const FunctionARN = `arn:aws:cloudfront::${naming.accountId}:function/${nameOf(naming, 'Name')}`
  return { ref: FunctionARN, attributes: { FunctionARN } }
}

const logGroup: ResourceType = (naming) => {
  const ref = nameOf(naming, 'LogGroupName')
  return { ref, attributes: { Arn: `${arn(naming, 'logs', `log-group:${ref}`)}:*` } }
}

const bucket: ResourceType = (naming) => {
  const ref = naming.property('BucketName') ?? nameOf(naming, 'BucketName').toLowerCase()
  const DomainName = `${ref}.s3.amazonaws.com`
  const RegionalDomainName = `${ref}.s3.${naming.region}.amazonaws.com`
  return { ref, attributes: { Arn: `arn:aws:s3:::${ref}`, DomainName, RegionalDomainName } }
}

const queue: ResourceType = (naming) => {
  const QueueName = nameOf(naming, 'QueueName')
  const ref = `https://sqs.${naming.region}.amazonaws.com/${naming.accountId}/${QueueName}`
  return { ref, attributes: { Arn: arn(naming, 'sqs', QueueName), QueueName, QueueUrl: ref } }
}

const deliveryStream: ResourceType = (naming) => {
  const ref = nameOf(naming, 'DeliveryStreamName')
  return { ref, attributes: { Arn: arn(naming, 'firehose', `deliverystream/${ref}`) } }
}

const rule: ResourceType = (naming) => {
  const ref = nameOf(naming, 'Name')
  return { ref, attributes: { Arn: arn(naming, 'events', `rule/${ref}`) } }
}

const eventSourceMapping: ResourceType = (naming) => {
  const Id = uuid(naming)
  const EventSourceMappingArn = arn(naming, 'lambda', `event-source-mapping:${Id}`)
  return { ref: Id, attributes: { Id, EventSourceMappingArn } }
}

const namedQuery: ResourceType = (naming) => ({
  ref: uuid(naming),
  attributes: { NamedQueryId: uuid(naming) },
})

const withId: ResourceType = (naming) => ({
  ref: uuid(naming),
  attributes: { Id: uuid(naming) },
})

/** Every resource type whose name another one may need; a type that is missing here is an error there. */
const types: Readonly<Record<string, ResourceType>> = {
  'AWS::ApiGatewayV2::Api': api,
  'AWS::ApiGatewayV2::Integration': onlyRef(shortId),
  'AWS::ApiGatewayV2::Route': onlyRef(shortId),
  'AWS::ApiGatewayV2::Stage': onlyRef((naming) => nameOf(naming, 'StageName')),
  'AWS::Athena::NamedQuery': namedQuery,
  'AWS::Athena::WorkGroup': onlyRef((naming) => nameOf(naming, 'Name')),
  'AWS::CertificateManager::Certificate': onlyRef((naming) =>
    arn(naming, 'acm', `certificate/${uuid(naming)}`),
  ),
  'AWS::CloudWatch::Alarm': onlyRef((naming) => nameOf(naming, 'AlarmName')),
  'AWS::CloudWatch::Dashboard': onlyRef((naming) => nameOf(naming, 'DashboardName')),
  'AWS::CloudFront::CachePolicy': withId,
  'AWS::CloudFront::Distribution': distribution,
  'AWS::CloudFront::Function': edgeFunction,
  'AWS::CloudFront::OriginRequestPolicy': withId,
  'AWS::CloudFront::ResponseHeadersPolicy': withId,
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::DynamoDB::Table': table,
  'AWS::Events::Rule': rule,
  'AWS::Glue::Database': onlyRef((naming) => nameOf(naming, 'DatabaseInput.Name').toLowerCase()),
  'AWS::Glue::Table': onlyRef((naming) => nameOf(naming, 'TableInput.Name').toLowerCase()),
  'AWS::IAM::ManagedPolicy': managedPolicy,
  'AWS::IAM::Role': role,
  'AWS::KMS::Alias': onlyRef((naming) => nameOf(naming, 'AliasName')),
  'AWS::KMS::Key': key,
  'AWS::KinesisFirehose::DeliveryStream': deliveryStream,
  'AWS::Lambda::Alias': alias,
  'AWS::Lambda::EventSourceMapping': eventSourceMapping,
  'AWS::Lambda::Function': lambdaFunction,
  'AWS::Lambda::Version': version,
  'AWS::Logs::LogGroup': logGroup,
  'AWS::Logs::LogStream': onlyRef((naming) => nameOf(naming, 'LogStreamName')),
  'AWS::S3::Bucket': bucket,
  'AWS::SES::EmailIdentity': onlyRef((naming) => nameOf(naming, 'EmailIdentity')),
  'AWS::SQS::Queue': queue,
  'AWS::SSM::Parameter': parameter,
  'AWS::SecretsManager::Secret': secret,
}

/** What a resource is called, or `undefined` for a type that the table does not know. */
export const identityOf = (type: string, naming: Naming): Identity | undefined =>
  types[type]?.(naming)
