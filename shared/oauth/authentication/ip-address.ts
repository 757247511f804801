import { isIP } from 'node:net'

/** The one way to write an address, `undefined` for what is none. */
export function canonicalIpAddress(text: string): string | undefined {
  const version = isIP(text)
  if (version === 0) return undefined
  if (version === 4) return text
  // An address with a zone belongs to one computer alone, and is no host of a URL.
  const url = `http://[${text}]`
  return URL.canParse(url) ? new URL(url).hostname.slice(1, -1) : undefined
}

/** Reads the four or sixteen bytes of an address. */
export function ipAddressOf(bytes: Uint8Array): string | undefined {
  if (bytes.length === 4) return bytes.join('.')
  const groups = Buffer.from(bytes).toString('hex').match(/.{4}/g) ?? []
  return bytes.length === 16 ? canonicalIpAddress(groups.join(':')) : undefined
}
