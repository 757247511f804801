/** The middle of the numbers: a slow round must not move it. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((left, right) => left - right)
  const middle = sorted.length / 2
  const [low, high] = [sorted[Math.ceil(middle) - 1] ?? 0, sorted[Math.floor(middle)] ?? 0]
  return (low + high) / 2
}

/** A number with so many digits behind the point at most. */
export const rounded = (value: number, digits = 2): number => Number(value.toFixed(digits))
