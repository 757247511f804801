import type { AwsError, AwsResponse } from './service.ts'

/** A list stands for an element that is repeated. */
export type XmlNode = string | number | boolean | { readonly [name: string]: XmlNode | XmlNode[] }

const escapeText = (text: string): string =>
  text.replaceAll(/[&<>"\r]/g, (character) => `&#${character.charCodeAt(0)};`)

const element = (name: string, content: XmlNode | XmlNode[]): string =>
  Array.isArray(content)
    ? content.map((each) => element(name, each)).join('')
    : `<${name}>${inner(content)}</${name}>`

const inner = (content: XmlNode): string =>
  typeof content === 'object'
    ? Object.entries(content)
        .map(([name, each]) => element(name, each))
        .join('')
    : escapeText(String(content))

export const xmlResponse = (name: string, content: XmlNode, status = 200): AwsResponse => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${element(name, content)}`),
})

/** S3's own form of an error, and its own word for a refusal of IAM. */
export function s3ErrorResponse({ code, message, status }: AwsError): AwsResponse {
  const isRefusal = code === 'AccessDeniedException'
  const error = { Code: isRefusal ? 'AccessDenied' : code, Message: message }
  return xmlResponse('Error', error, isRefusal ? 403 : status)
}
