const placeholder = /\{([a-z-]+)\}/

/** Splits a message into literal text (even places) and placeholder names (odd places). */
export const partsOf = (message: string): readonly string[] => message.split(placeholder)
