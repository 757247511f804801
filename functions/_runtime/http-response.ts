import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda'

/** A response before it is put into the form that Lambda wants. */
export interface HttpResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly cookies?: readonly string[]
  readonly body?: string
}

/** Sent with everything: no sniffing, and once over https, https for ever. */
const everywhere = {
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
}

/** @spec https://www.rfc-editor.org/rfc/rfc6749#section-5.1 */
export const noStore = { 'cache-control': 'no-store', pragma: 'no-cache' }

export const toResult = (response: HttpResponse): APIGatewayProxyStructuredResultV2 => ({
  statusCode: response.status,
  headers: { ...everywhere, ...response.headers },
  ...(response.cookies === undefined ? {} : { cookies: [...response.cookies] }),
  body: response.body ?? '',
})
