import { Duration, RemovalPolicy, Stack, type StackProps, Tags } from 'aws-cdk-lib'
import { CfnGlobalTable } from 'aws-cdk-lib/aws-dynamodb'
import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms'
import { StringParameter } from 'aws-cdk-lib/aws-ssm'
import type { Construct } from 'constructs'
import { signingTag } from '#shared/keys/key-tags.ts'
import { parameterNames } from '../parameters.ts'

/** A key that outlives its stack, and can be called back for as long as KMS allows. */
const kept = {
  removalPolicy: RemovalPolicy.RETAIN,
  pendingWindow: Duration.days(30),
} as const

const text = (attributeName: string) => ({ attributeName, attributeType: 'S' })

/** What must survive every deployment: the table and the keys. */
export class DataStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, { terminationProtection: true, ...props })
    const table = this.table()
    const wrappingKey = this.wrappingKey()
    const signingKey = this.signingKey()
    this.publish('TableName', parameterNames.tableName, table.ref)
    this.publish('TableStreamArn', parameterNames.tableStreamArn, table.attrStreamArn)
    this.publish('WrappingKeyArn', parameterNames.wrappingKeyArn, wrappingKey.keyArn)
    this.publish('SigningKeyArn', parameterNames.signingKeyArn, signingKey.keyArn)
  }

  /**
   * A global table with one replica: a second Region is then an update, not a migration.
   *
   * The construct of a higher level refuses a key of one's own unless the Region is known at synthesis.
   */
  private table(): CfnGlobalTable {
    const table = new CfnGlobalTable(this, 'Table', {
      attributeDefinitions: [text('pk'), text('sk')],
      keySchema: [
        { attributeName: 'pk', keyType: 'HASH' },
        { attributeName: 'sk', keyType: 'RANGE' },
      ],
      billingMode: 'PAY_PER_REQUEST',
      timeToLiveSpecification: { attributeName: 'expiresAt', enabled: true },
      streamSpecification: { streamViewType: 'NEW_AND_OLD_IMAGES' },
      sseSpecification: { sseEnabled: true, sseType: 'KMS' },
      replicas: [
        {
          region: this.region,
          sseSpecification: { kmsMasterKeyId: this.tableKey().keyArn },
          pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
          deletionProtectionEnabled: true,
        },
      ],
    })
    table.applyRemovalPolicy(RemovalPolicy.RETAIN)
    return table
  }

  /** Whoever the table lets in may use its key through the table, so that no role needs a statement on it. */
  private tableKey(): Key {
    const key = new Key(this, 'TableKey', {
      ...kept,
      description: 'Encrypts the table of Sallyport',
      enableKeyRotation: true,
    })
    key.addToResourcePolicy(
      new PolicyStatement({
        sid: 'UseThroughDynamoDb',
        principals: [new AnyPrincipal()],
        actions: [
          'kms:CreateGrant',
          'kms:Decrypt',
          'kms:DescribeKey',
          'kms:Encrypt',
          'kms:GenerateDataKey',
          'kms:GenerateDataKeyWithoutPlaintext',
          'kms:ReEncryptFrom',
          'kms:ReEncryptTo',
        ],
        resources: ['*'],
        conditions: {
          StringEquals: {
            'kms:CallerAccount': this.account,
            'kms:ViaService': `dynamodb.${this.region}.amazonaws.com`,
          },
        },
      }),
    )
    return key
  }

  private wrappingKey(): Key {
    return new Key(this, 'WrappingKey', {
      ...kept,
      description: 'Wraps the private keys and sealing keys that Sallyport stores',
      enableKeyRotation: true,
      multiRegion: true,
    })
  }

  private signingKey(): Key {
    const key = new Key(this, 'SigningKey', {
      ...kept,
      description: 'Signs the tokens of the first tenant of Sallyport',
      keySpec: KeySpec.RSA_2048,
      keyUsage: KeyUsage.SIGN_VERIFY,
      multiRegion: true,
    })
    Tags.of(key).add(signingTag, 'true')
    return key
  }

  private publish(id: string, parameterName: string, stringValue: string): void {
    new StringParameter(this, `${id}Parameter`, { parameterName, stringValue })
  }
}
