import type { FaultRule, FunctionCall } from '#local/faults.ts'

/** What a call is for, in the words of a fault that meets no other kind. */
export type CallKind = Pick<FaultRule, 'service' | 'action' | 'about'>

/** Told by the entity of the call's first key, or the kind of key that KMS decrypts. */
export function kindOf({ service, action, input }: FunctionCall): CallKind {
  const pattern = service === 'kms' ? /"kind":"\w+"/ : /"S":"(?:SEALINGKEY#\w+|[A-Z]+#)/
  const [about] = pattern.exec(JSON.stringify(input)) ?? []
  return { service, action, about }
}

export const nameOf = ({ service, action, about = '' }: CallKind): string =>
  `${service}:${action} ${/\w+#?\w*"?$/.exec(about)?.[0].replace(/\W+$/, '') ?? ''}`.trim()
