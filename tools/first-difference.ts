/** The first line in which two texts differ, as one reads it in a diff, or `undefined` when they are the same. */
export function firstDifference(checkedIn: string, made: string): string | undefined {
  if (checkedIn === made) return undefined
  const [old, fresh] = [checkedIn.split('\n'), made.split('\n')]
  const at = fresh.findIndex((line, index) => line !== old[index])
  const index = at === -1 ? fresh.length : at
  return `line ${index + 1}\n- ${old[index] ?? '(end)'}\n+ ${fresh[index] ?? '(end)'}`
}
