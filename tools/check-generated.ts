import { existsSync } from 'node:fs'
import { firstDifference } from './first-difference.ts'
import { generated } from './generated.ts'
import { textOf } from './project-files.ts'

/** `npm run check-generated`: fails when a generated file is not what its generator makes today. */
for (const [path, make] of Object.entries(generated)) {
  const difference = firstDifference(existsSync(path) ? textOf(path) : '', await make())
  if (difference === undefined) {
    console.log(`ok    ${path}`)
    continue
  }
  console.log(`stale ${path}: npm run generate writes it anew\n${difference}`)
  process.exitCode = 1
}
