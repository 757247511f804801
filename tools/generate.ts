import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { generated } from './generated.ts'

/** `npm run generate`: writes every generated file anew. */
for (const [path, make] of Object.entries(generated)) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, await make())
  console.log(`wrote ${path}`)
}
