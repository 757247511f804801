import listed from '../docs/spec-exclusions.json' with { type: 'json' }
import { type Citation, citationOfReference } from './specifications.ts'

/** A place that asks for something which we do not do, or which is nothing for a server to do. */
export interface Exclusion extends Citation {
  readonly reason: string
}

/** References of `docs/spec-exclusions.json`, in its order. */
export const excludedReferences: readonly string[] = listed.map(({ section }) => section)

/** References that lead nowhere. */
export const unknownExclusions: readonly string[] = excludedReferences.filter(
  (reference) => citationOfReference(reference) === undefined,
)

export const exclusions: readonly Exclusion[] = listed.flatMap(({ section, reason }) => {
  const citation = citationOfReference(section)
  return citation === undefined ? [] : [{ ...citation, reason }]
})
