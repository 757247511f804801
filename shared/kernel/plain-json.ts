/** Deeper than anything that somebody asks for, and less deep than what a table keeps. */
const maximalDepth = 8

/** True for JSON that every table and every parser takes as it is. */
export const isPlainJson = (value: unknown): boolean => isPlain(value, maximalDepth)

function isPlain(value: unknown, depth: number): boolean {
  if (typeof value === 'number') {
    const size = Math.abs(value)
    return size === 0 || (size > 1e-100 && size <= Number.MAX_SAFE_INTEGER)
  }
  if (typeof value === 'string') return value.isWellFormed()
  if (typeof value !== 'object' || value === null) return true
  const isNamed = (name: string) => name.isWellFormed() && !forbiddenNames.has(name)
  return (
    depth > 0 &&
    Object.entries(value).every(([name, one]) => isNamed(name) && isPlain(one, depth - 1))
  )
}

const forbiddenNames = new Set(['', '__proto__'])
