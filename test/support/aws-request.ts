import type { EpochSeconds } from '#shared/kernel/time.ts'

interface Deviations {
  readonly url?: string
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly signed?: string
  readonly service?: string
}

/** A request for `sts:GetCallerIdentity` as an SDK signs it; nobody but AWS could verify the signature. */
export function signedRequest(audience: string, at: EpochSeconds, more: Deviations = {}): string {
  const date = new Date(at * 1000).toISOString().replaceAll(/[-:]|\.\d+/g, '')
  const { signed = 'host;x-amz-date;x-sallyport-audience', service = 'sts' } = more
  const scope = `AKIAIOSFODNN7EXAMPLE/${date.slice(0, 8)}/eu-central-1/${service}/aws4_request`
  const request = {
    url: more.url ?? 'https://sts.eu-central-1.amazonaws.com/',
    body: more.body ?? 'Action=GetCallerIdentity&Version=2011-06-15',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-amz-date': date,
      'x-sallyport-audience': audience,
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=${signed}, Signature=${'a'.repeat(64)}`,
      ...more.headers,
    },
  }
  return Buffer.from(JSON.stringify(request)).toString('base64')
}
