import type { FunctionCall } from '#local/faults.ts'

/** Names a call by what it is for: the entity of its first key, or the kind of key that KMS decrypts. */
export function callName({ service, action, input }: FunctionCall): string {
  const text = JSON.stringify(input)
  const [, entity] = /"(?::?pk)":\{"S":"([A-Z]+)#/.exec(text) ?? []
  const [, kind] = /"kind":"(\w+)"/.exec(text) ?? []
  return [`${service}:${action}`, service === 'kms' ? kind : entity]
    .filter((part) => part !== undefined)
    .join(' ')
}
