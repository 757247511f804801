import type { X509Certificate } from 'node:crypto'
import { type DerValue, readDer, readObjectIdentifier } from '#shared/kernel/der.ts'
import { type DistinguishedName, readDistinguishedName } from './distinguished-name.ts'
import { ipAddressOf } from './ip-address.ts'

/** Whom a certificate names. */
export interface CertificateNames {
  readonly subject: DistinguishedName
  readonly alternatives: readonly AlternativeName[]
}

export interface AlternativeName {
  readonly kind: 'dns' | 'email' | 'ip' | 'uri'
  /** An address is its bytes in hexadecimal digits. */
  readonly value: string
}

/** @spec https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.6 */
const kindOfTag: ReadonlyMap<number, AlternativeName['kind']> = new Map([
  [0x81, 'email'],
  [0x82, 'dns'],
  [0x86, 'uri'],
  [0x87, 'ip'],
])

const versionTag = 0xa0
const extensionsTag = 0xa3

const subjectAlternativeName = '2.5.29.17'
const keyUsage = '2.5.29.15'

const partsOf = (certificate: X509Certificate): readonly DerValue[] => {
  const [whole] = readDer(certificate.raw)
  const [toBeSigned] = whole ? readDer(whole.content) : []
  return toBeSigned ? readDer(toBeSigned.content) : []
}

/** What an extension holds, inside its OCTET STRING. */
function extensionOf(parts: readonly DerValue[], wanted: string): DerValue | undefined {
  const [list] = readDer(
    parts.find(({ tag }) => tag === extensionsTag)?.content ?? new Uint8Array(),
  )
  const extensions = list ? readDer(list.content) : []
  const found = extensions
    .map(({ content }) => readDer(content))
    .find(([id]) => id !== undefined && readObjectIdentifier(id.content) === wanted)
  return readDer(found?.at(-1)?.content ?? new Uint8Array())[0]
}

/**
 * Reads the names of a certificate from its bytes: their printed forms can be made to lie.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc5280#section-4.1
 */
export function certificateNames(certificate: X509Certificate): CertificateNames {
  const parts = partsOf(certificate)
  const [, , , , subject] = parts.filter(({ tag }) => tag !== versionTag)
  const names = extensionOf(parts, subjectAlternativeName)
  return {
    subject: subject ? readDistinguishedName(subject.content) : [],
    alternatives: readDer(names?.content ?? new Uint8Array()).flatMap(alternativeName),
  }
}

function alternativeName({ tag, content }: DerValue): readonly AlternativeName[] {
  const kind = kindOfTag.get(tag)
  const text = Buffer.from(content).toString('latin1')
  const value = kind === 'ip' ? ipAddressOf(content) : text
  if (kind === undefined || value === undefined) return []
  return [{ kind, value: kind === 'dns' ? value.toLowerCase() : value }]
}

/**
 * True unless the certificate says that its key may not sign.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.3
 */
export function maySign(certificate: X509Certificate): boolean {
  const usage = extensionOf(partsOf(certificate), keyUsage)
  const digitalSignature = 0x80
  return usage === undefined || ((usage.content[1] ?? 0) & digitalSignature) !== 0
}
