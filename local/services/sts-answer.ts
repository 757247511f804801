import { randomUUID } from 'node:crypto'
import type { AwsError, AwsRequest, AwsResponse } from './service.ts'
import { renderXml, type XmlNode } from './xml.ts'

interface Answer {
  readonly status: number
  /** What stands around an answer in XML. */
  readonly root: string
  readonly xml: XmlNode
  readonly json: object
}

/** STS answers in XML, and in JSON to those who ask for that. */
function respond(accept: string | undefined, { status, root, xml, json }: Answer): AwsResponse {
  const isJson = accept === 'application/json'
  const namespace = 'https://sts.amazonaws.com/doc/2011-06-15/'
  const body = isJson
    ? JSON.stringify(json)
    : `<${root} xmlns="${namespace}">${renderXml(xml)}</${root}>\n`
  const headers = { 'content-type': isJson ? 'application/json' : 'text/xml' }
  return { status, headers, body: Buffer.from(body) }
}

/** @spec https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
export function stsResponse({ action, headers }: AwsRequest, result: XmlNode): AwsResponse {
  const root = `${action}Response`
  const xml = { [`${action}Result`]: result, ResponseMetadata: { RequestId: randomUUID() } }
  return respond(headers['accept'], { status: 200, root, xml, json: { [root]: xml } })
}

/** @spec https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html */
export function stsErrorResponse(
  { code, message, status }: AwsError,
  accept: string | undefined,
): AwsResponse {
  const error = { Type: status < 500 ? 'Sender' : 'Receiver', Code: code, Message: message }
  const json = { Error: error, RequestId: randomUUID() }
  return respond(accept, { status, root: 'ErrorResponse', xml: json, json })
}
