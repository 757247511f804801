import { z } from 'zod'

/** Calls the local AWS endpoint in the name of a principal, as a service of AWS would, without an SDK. */
export interface EndpointClient {
  /** @param target as in `X-Amz-Target` @throws EndpointError */
  call(target: string, input: object): Promise<unknown>
  /** @throws EndpointError */
  putObject(bucket: string, key: string, body: Uint8Array): Promise<void>
}

class EndpointError extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.name = 'EndpointError'
    this.code = code
  }
}

export interface EndpointCaller {
  readonly endpoint: string
  readonly accessKeyId: string
}

const failure = z.object({ __type: z.string(), message: z.string().default('') })

/** The endpoint reads who asks, and of which service; the signature itself it does not check. */
const authorization = (accessKeyId: string, service: string): string =>
  `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/local/${service}/aws4_request, ` +
  'SignedHeaders=host, Signature=00'

async function post(url: string, headers: Record<string, string>, input: object) {
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(input) })
  const answer: unknown = await response.json()
  if (response.ok) return answer
  const { __type, message } = failure.parse(answer)
  throw new EndpointError(__type, message)
}

export function createEndpointClient({ endpoint, accessKeyId }: EndpointCaller): EndpointClient {
  return {
    call: (target, input) =>
      post(
        endpoint,
        {
          authorization: authorization(accessKeyId, 'service'),
          'content-type': 'application/x-amz-json-1.1',
          'x-amz-target': target,
        },
        input,
      ),
    async putObject(bucket, key, body) {
      const path = key.split('/').map(encodeURIComponent).join('/')
      const headers = { authorization: authorization(accessKeyId, 's3') }
      const response = await fetch(`${endpoint}/${bucket}/${path}`, {
        method: 'PUT',
        headers,
        body: Buffer.from(body),
      })
      const answer = await response.text()
      if (!response.ok) throw new EndpointError(String(response.status), answer)
    },
  }
}
