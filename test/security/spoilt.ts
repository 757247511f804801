/** Another character of the same alphabet, so that the shape stays right. */
const other = (character: string): string => (character === 'A' ? 'B' : 'A')

const spoilAt = (text: string, index: number): string =>
  text.slice(0, index) + other(text.charAt(index)) + text.slice(index + 1)

/** The same bytes in another spelling: where the last character has bits to spare. */
export function respelt(text: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const last = alphabet.indexOf(text.slice(-1))
  return text.slice(0, -1) + alphabet.charAt(last ^ 1)
}

/**
 * Every way to spoil a sealed text, `<region>.<key id>.<salt, ciphertext, tag>` or without the Region.
 *
 * @param another a good one of the same kind, of which a half is taken
 */
export function spoilt(sealed: string, another: string): Readonly<Record<string, string>> {
  const body = sealed.lastIndexOf('.') + 1
  const middle = body + Math.floor((sealed.length - body) / 2)
  const keyId = sealed.lastIndexOf('.', body - 2) + 1
  return {
    'the first character': spoilAt(sealed, 0),
    'the key id': spoilAt(sealed, keyId),
    'the salt': spoilAt(sealed, body),
    'the ciphertext': spoilAt(sealed, middle),
    'the tag': spoilAt(sealed, sealed.length - 10),
    'the spelling of the last bits': respelt(sealed),
    'the end cut off': sealed.slice(0, -1),
    'a half cut off': sealed.slice(0, middle),
    'the tag cut off': sealed.slice(0, -22),
    'nothing but the prefix': sealed.slice(0, body),
    'something appended': `${sealed}AAAA`,
    'padding appended': `${sealed}=`,
    'a space inside': `${sealed.slice(0, middle)} ${sealed.slice(middle)}`,
    'half of another one': sealed.slice(0, middle) + another.slice(middle),
    'small letters': sealed.toLowerCase(),
    'another Region': `eu-north-1${sealed.slice(sealed.indexOf('.'))}`,
    'a second prefix': `${sealed.slice(0, body)}${sealed}`,
  }
}
