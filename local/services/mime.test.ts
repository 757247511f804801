import { expect, test } from 'vitest'
import { parseMessage } from './mime.ts'

const parse = (...lines: readonly string[]) => parseMessage(Buffer.from(lines.join('\r\n')))

test('rfc5322 section 2.2.3: a folded header is one line', () => {
  const { headers } = parse('To: a@example.com,', ' b@example.com', '', 'x')
  expect(headers.get('to')).toBe('a@example.com, b@example.com')
})

test('rfc2047 section 2: encoded words are decoded, adjacent ones without the space between', () => {
  const { headers } = parse('Subject: =?utf-8?Q?Gr=C3=BC?= =?UTF-8?B?w59l?= all', '', '')
  expect(headers.get('subject')).toBe('Grüße all')
})

test('rfc2045 section 6: base64, quoted-printable and 8bit bodies are decoded', () => {
  const body = (encoding: string, content: string) =>
    parse('Content-Type: text/plain', `Content-Transfer-Encoding: ${encoding}`, '', content).text
  expect(body('base64', Buffer.from('Grüße').toString('base64'))).toBe('Grüße')
  expect(body('quoted-printable', 'Gr=C3=BC=\r\n=C3=9Fe')).toBe('Grüße')
  expect(body('8bit', 'Grüße\r\n\r\nEnde')).toBe('Grüße\r\n\r\nEnde')
})

test('rfc2046 section 5.1: the leaves of nested parts are found, an attachment is not shown', () => {
  const { text, html } = parse(
    'Content-Type: multipart/mixed; boundary=outer',
    '',
    'preamble',
    '--outer',
    'Content-Type: multipart/alternative; boundary="in ner"',
    '',
    '--in ner',
    '',
    'plain',
    '--in ner',
    'Content-Type: text/html',
    '',
    '<p>html</p>',
    '--in ner--',
    '--outer',
    'Content-Type: application/pdf',
    '',
    'text',
    '--outer--',
  )
  expect(text).toBe('plain')
  expect(html).toBe('<p>html</p>')
})

test('a message without any header is only text', () => {
  expect(parse('', 'hello')).toMatchObject({ text: 'hello', html: undefined })
})
