import { forwardTo } from './forward.ts'
import type { LocalService } from './service.ts'

/** Service of the local cloud -> what the SDKs call it in `AWS_ENDPOINT_URL_<SERVICE>`. */
const variables: Readonly<Record<string, string>> = {
  athena: 'AWS_ENDPOINT_URL_ATHENA',
  dynamodb: 'AWS_ENDPOINT_URL_DYNAMODB',
  firehose: 'AWS_ENDPOINT_URL_FIREHOSE',
  kms: 'AWS_ENDPOINT_URL_KMS',
  s3: 'AWS_ENDPOINT_URL_S3',
  ses: 'AWS_ENDPOINT_URL_SESV2',
  sqs: 'AWS_ENDPOINT_URL_SQS',
  ssm: 'AWS_ENDPOINT_URL_SSM',
  sts: 'AWS_ENDPOINT_URL_STS',
}

export type Environment = Readonly<Record<string, string | undefined>>

/** @spec https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html */
export const replacementUrl = (service: string, environment: Environment): string | undefined =>
  environment[variables[service] ?? ''] || undefined

/** The same questions to IAM, but another endpoint's answers, wherever the environment names one. */
export function orReplacement(service: LocalService, environment: Environment): LocalService {
  const url = replacementUrl(service.name, environment)
  if (url === undefined) return service
  const forwarder = forwardTo(url)
  return {
    ...service,
    serve: (request) => forwarder.send(request),
    async close() {
      forwarder.close()
      await service.close()
    },
  }
}
