import { z } from 'zod'
import type { Forwarder } from './forward.ts'
import { AwsError } from './service.ts'

/** Calls an engine in our own name, past IAM. */
export type EngineCall = (target: string, input: object) => Promise<unknown>

const failure = z.object({ __type: z.string(), message: z.string().default('') })

/** Engines want a signature to be there and do not check it. */
function signedHeaders(target: string): Readonly<Record<string, string>> {
  const date = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '')
  const scope = `local/${date.slice(0, 8)}/us-east-1/dynamodb/aws4_request`
  return {
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-date': date,
    'x-amz-target': target,
    authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host;x-amz-date, Signature=00`,
  }
}

/** @throws AwsError with the engine's own code */
export const callEngine =
  (forwarder: Forwarder): EngineCall =>
  async (target, input) => {
    const body = Buffer.from(JSON.stringify(input))
    const headers = signedHeaders(target)
    const answer = await forwarder.send({ method: 'POST', path: '/', headers, body })
    const content: unknown = JSON.parse(Buffer.from(answer.body).toString())
    if (answer.status < 400) return content
    const { __type, message } = failure.parse(content)
    throw new AwsError(__type.replace(/^.*#/, ''), message, answer.status)
  }
