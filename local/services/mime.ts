/** The parts of a message that an inbox shows. */
export interface Message {
  readonly headers: ReadonlyMap<string, string>
  readonly text: string | undefined
  readonly html: string | undefined
}

interface Entity {
  readonly headers: ReadonlyMap<string, string>
  readonly content: string
}

/** Headers end at the first empty line, which may be the first of all. */
function parseEntity(source: string): Entity {
  const [, head = '', content = ''] = /^(.*?)(?:^|\r?\n)\r?\n(.*)$/s.exec(source) ?? ['', source]
  return { headers: parseHeaders(head), content }
}

/** @spec https://www.rfc-editor.org/rfc/rfc5322#section-2.2.3 folded lines */
function parseHeaders(head: string): ReadonlyMap<string, string> {
  const lines = head.replaceAll(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)
  const fields = lines.flatMap((line) => {
    const [, name, value = ''] = /^([!-9;-~]+):\s*(.*)$/.exec(line) ?? []
    return name ? [[name.toLowerCase(), value] as const] : []
  })
  return new Map(fields)
}

const unquote = (text: string): Buffer =>
  Buffer.from(
    text
      .replaceAll(/=\r?\n/g, '')
      .replaceAll(/=([0-9A-F]{2})/gi, (_match, hex) => String.fromCharCode(Number(`0x${hex}`))),
    'latin1',
  )

/** @spec https://www.rfc-editor.org/rfc/rfc2045#section-6 */
function decodeContent({ headers, content }: Entity): string {
  const encoding = headers.get('content-transfer-encoding')?.toLowerCase()
  if (encoding === 'base64') return Buffer.from(content, 'base64').toString()
  if (encoding === 'quoted-printable') return unquote(content).toString()
  return Buffer.from(content, 'latin1').toString()
}

/** @spec https://www.rfc-editor.org/rfc/rfc2047#section-2 encoded words in UTF-8 */
const decodeHeader = (value: string): string =>
  value
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_match, kind: string, word: string) =>
      kind.toLowerCase() === 'b'
        ? Buffer.from(word, 'base64').toString()
        : unquote(word.replaceAll('_', ' ')).toString(),
    )

/** The entity itself, or the leaves of a multipart one. */
function leaves(entity: Entity): readonly Entity[] {
  const type = entity.headers.get('content-type') ?? 'text/plain'
  const boundary = /^multipart\/.*;\s*boundary="?([^";]+)"?/i.exec(type)?.[1]
  if (boundary === undefined) return [entity]
  const [, ...parts] = `\r\n${entity.content}`.split(`\n--${boundary}`)
  return parts
    .filter((part) => !part.startsWith('--'))
    .flatMap((part) => leaves(parseEntity(part.replace(/^[ \t]*\r?\n/, '').replace(/\r?$/, ''))))
}

/** Reads a raw message as far as an inbox needs it: attachments are left out. */
export function parseMessage(source: Buffer): Message {
  const entity = parseEntity(source.toString('latin1'))
  const headers = [...entity.headers].map(
    ([name, value]) => [name, decodeHeader(Buffer.from(value, 'latin1').toString())] as const,
  )
  const bodyOf = (type: string): string | undefined => {
    const leaf = leaves(entity).find(({ headers }) =>
      (headers.get('content-type') ?? 'text/plain').toLowerCase().startsWith(type),
    )
    return leaf && decodeContent(leaf)
  }
  return { headers: new Map(headers), text: bodyOf('text/plain'), html: bodyOf('text/html') }
}
