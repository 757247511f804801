const placeholder = /\{([a-z-]+)\}/

/** Splits a message into literal text (even places) and placeholder names (odd places). */
export const partsOf = (message: string): readonly string[] => message.split(placeholder)

/** The placeholder names of a message, in the order in which they stand. */
export const placeholdersOf = (message: string): readonly string[] =>
  partsOf(message).filter((_, index) => index % 2 === 1)
