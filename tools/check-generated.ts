import { existsSync } from 'node:fs'
import { generated } from './generated.ts'
import { textOf } from './project-files.ts'

/** The first line in which two texts differ, as one reads it in a diff. */
function firstDifference(checkedIn: string, made: string): string {
  const [old, fresh] = [checkedIn.split('\n'), made.split('\n')]
  const at = fresh.findIndex((line, index) => line !== old[index])
  const index = at === -1 ? fresh.length : at
  return `  line ${index + 1}\n  - ${old[index] ?? '(end)'}\n  + ${fresh[index] ?? '(end)'}`
}

/** `npm run check-generated`: fails when a generated file is not what its generator makes today. */
for (const [path, make] of Object.entries(generated)) {
  const [checkedIn, made] = [existsSync(path) ? textOf(path) : '', await make()]
  if (checkedIn === made) {
    console.log(`ok    ${path}`)
    continue
  }
  console.log(`stale ${path}: run npm run generate\n${firstDifference(checkedIn, made)}`)
  process.exitCode = 1
}
