/** The version of sealed contents; old and new code run side by side during a rollout. */
const version = 1

/** Marks a content with its version before it is sealed. */
export const versioned = <Content extends object>(content: Content): object => ({
  v: version,
  ...content,
})

/**
 * Reads what `versioned` marked, or answers `undefined` for any other version.
 *
 * The type is taken on trust: only what our own key has authenticated reaches this point.
 *
 * @param opened the content as the sealer opened it, `undefined` when it was not ours
 */
export function readVersioned<Content>(opened: unknown): Content | undefined {
  if (typeof opened !== 'object' || opened === null) return undefined
  return 'v' in opened && opened.v === version ? (opened as Content) : undefined
}
