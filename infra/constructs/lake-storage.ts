import { Duration, RemovalPolicy } from 'aws-cdk-lib'
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  ObjectLockRetention,
} from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import { acceptFinding } from '../checks.ts'

/** How long nobody without a special permission can delete an event. */
const lockedFor = Duration.days(365)

/** A query's result is read at once; what lies longer is only a copy of the log outside its lock. */
const resultsKeptFor = Duration.days(7)

const closed = {
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  encryption: BucketEncryption.S3_MANAGED,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
  removalPolicy: RemovalPolicy.RETAIN,
} as const satisfies BucketProps

/** The bucket of the log, in which nothing can be changed, and the one of the answers to queries. */
export class LakeStorage extends Construct {
  readonly log: Bucket
  readonly results: Bucket

  constructor(scope: Construct, id: string) {
    super(scope, id)
    this.log = new Bucket(this, 'Log', {
      ...closed,
      versioned: true,
      objectLockEnabled: true,
      objectLockDefaultRetention: ObjectLockRetention.governance(lockedFor),
      lifecycleRules: [{ abortIncompleteMultipartUploadAfter: Duration.days(7) }],
    })
    this.results = new Bucket(this, 'Results', {
      ...closed,
      lifecycleRules: [
        { expiration: resultsKeptFor, abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
    })
    for (const bucket of [this.log, this.results]) acceptFinding(bucket, 'AwsSolutions-S1')
  }
}
