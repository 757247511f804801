import type { AwsError, AwsResponse } from './service.ts'
import { renderXml, type XmlNode } from './xml.ts'

export const xmlResponse = (name: string, content: XmlNode, status = 200): AwsResponse => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${renderXml({ [name]: content })}`),
})

/** S3's own form of an error, and its own word for a refusal of IAM. */
export function s3ErrorResponse({ code, message, status }: AwsError): AwsResponse {
  const isRefusal = code === 'AccessDeniedException'
  const error = { Code: isRefusal ? 'AccessDenied' : code, Message: message }
  return xmlResponse('Error', error, isRefusal ? 403 : status)
}
