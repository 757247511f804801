const minute = 60_000

/**
 * Lets the first of each minute pass, and no more; one instance counts for itself.
 *
 * @returns whether this one passes, asked once for each
 */
export function limitedSamples({ perMinute }: { readonly perMinute: number }) {
  let current = 0
  let passed = 0
  return (milliseconds: number): boolean => {
    const asked = Math.floor(milliseconds / minute)
    if (asked !== current) {
      current = asked
      passed = 0
    }
    passed += 1
    return passed <= perMinute
  }
}
