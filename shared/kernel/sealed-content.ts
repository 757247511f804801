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

/** One of several uses of a sealing kind: the way to mark contents for it, and to read them. */
export interface SealedUse<Content extends object> {
  readonly mark: (content: Content) => object
  /** Answers `undefined` for what was sealed for another use. @param opened as for `readVersioned` */
  readonly read: (opened: unknown) => Content | undefined
}

/**
 * Names a use, so that what is sealed for one is nothing to any other.
 *
 * What bears no name was sealed before uses had names; what it is used for, its members must tell.
 */
export const sealedUse = <Content extends object>(name: string): SealedUse<Content> => ({
  mark: (content) => versioned({ ...content, use: name }),
  read(opened) {
    const content = readVersioned<Content>(opened)
    return content === undefined || ('use' in content && content.use !== name) ? undefined : content
  },
})
