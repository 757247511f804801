import type { PhcString } from '#shared/authn/password-record.ts'

/** What an Argon2id hash costs: memory in KiB, passes, lanes. */
export interface Argon2Cost {
  readonly memory: number
  readonly passes: number
  readonly parallelism: number
}

export interface Argon2Hash extends Argon2Cost {
  readonly salt: Uint8Array
  readonly tag: Uint8Array
}

const pattern = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,3})\$([\w+/]+)\$([\w+/]+)$/

/** PHC strings spell bytes in base64 without padding; only the canonical spelling is taken. */
const encode = (bytes: Uint8Array): string =>
  Buffer.from(bytes).toString('base64').replace(/=+$/, '')

function decode(text: string): Uint8Array | undefined {
  const bytes = Buffer.from(text, 'base64')
  return encode(bytes) === text ? bytes : undefined
}

/** An imported hash may be cheaper or dearer than ours, but not so dear that it starves the function. */
const isBearable = ({ memory, passes, parallelism, salt, tag }: Argon2Hash): boolean =>
  parallelism >= 1 &&
  parallelism <= 16 &&
  memory >= 8 * parallelism &&
  memory <= 128 * 1024 &&
  passes >= 1 &&
  passes <= 16 &&
  salt.length >= 8 &&
  salt.length <= 64 &&
  tag.length >= 16 &&
  tag.length <= 64

/** Answers the parts of an Argon2id PHC string, or `undefined` for any other or unbearable one. */
export function parsePhcString(text: string): Argon2Hash | undefined {
  const [, memory, passes, parallelism, salt = '', tag = ''] = pattern.exec(text) ?? []
  const bytes = { salt: decode(salt), tag: decode(tag) }
  if (!bytes.salt || !bytes.tag) return undefined
  const hash = {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    salt: bytes.salt,
    tag: bytes.tag,
  }
  return isBearable(hash) ? hash : undefined
}

/** @spec https://www.rfc-editor.org/rfc/rfc9106#section-3.1 the parameters; 19 is version 0x13 */
export const formatPhcString = ({ memory, passes, parallelism, salt, tag }: Argon2Hash) =>
  `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${encode(salt)}$${encode(tag)}` as PhcString
