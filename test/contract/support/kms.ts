import type { KMSClient } from '@aws-sdk/client-kms'
import { createKms } from '#local/services/kms.ts'
import { AwsError, type AwsResponse, type LocalService } from '#local/services/service.ts'
import type { LocalKmsKey } from '#local/template-data.ts'
import { type Kms, kmsClient } from '#shared/aws/kms.ts'

/** A KMS with a wrapping key and a signing key, and the operations it was asked for. */
export interface TestKms extends Kms {
  readonly signingKeyArn: string
  readonly operations: string[]
  /** The next calls fail with these errors instead. */
  readonly failures: string[]
}

const keyOf = (logicalId: string, keySpec: string, keyUsage: string): LocalKmsKey => ({
  logicalId,
  keyId: logicalId,
  arn: `arn:aws:kms:eu-central-1:111122223333:key/${logicalId}`,
  keySpec,
  keyUsage,
  aliases: [],
  tags: {},
  policy: [],
})

const wrappingKey = keyOf('wrapping', 'SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT')
const signingKey = keyOf('signing', 'RSA_2048', 'SIGN_VERIFY')

interface Request {
  readonly method: string
  readonly path: string
  readonly headers: Record<string, string>
  readonly body: Uint8Array
}

async function serve(
  service: LocalService,
  action: string,
  request: Request,
): Promise<AwsResponse> {
  const body = Buffer.concat([request.body])
  try {
    return await service.serve({ ...request, action, body, input: JSON.parse(String(body)) })
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    return {
      status: error.status,
      headers: { 'content-type': 'application/x-amz-json-1.1' },
      body: Buffer.from(JSON.stringify({ __type: error.code, message: error.message })),
    }
  }
}

/** The local cloud's KMS behind the real SDK client, without a socket between them. */
export function startKms(): TestKms {
  const service = createKms({
    kmsKeys: [wrappingKey, signingKey],
    region: 'eu-central-1',
    accountId: '111122223333',
  })
  const operations: string[] = []
  const failures: string[] = []
  const handle = async (request: Request) => {
    const action = request.headers['x-amz-target']?.split('.')[1] ?? ''
    operations.push(action)
    const failure = failures.shift()
    if (failure) throw Object.assign(new Error(failure), { name: failure, $metadata: {} })
    const { status: statusCode, headers, body } = await serve(service, action, request)
    return { response: { statusCode, headers, body } }
  }
  const client: KMSClient = kmsClient({
    region: 'eu-central-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    requestHandler: { handle } as never,
  })
  return {
    client,
    wrappingKeyArn: wrappingKey.arn,
    signingKeyArn: signingKey.arn,
    operations,
    failures,
  }
}
