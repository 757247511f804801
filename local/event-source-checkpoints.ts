import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'

/** How far each shard has been dealt with; what is written here survives its reader. */
export interface Checkpoints {
  get(shard: string): string | undefined
  set(shard: string, sequenceNumber: string): void
}

const stored = z.record(z.string(), z.string())

/** The file is replaced whole, so that a reader killed while it writes leaves the last one. */
export function openCheckpoints(file: string): Checkpoints {
  mkdirSync(dirname(file), { recursive: true })
  const positions = new Map(
    existsSync(file) ? Object.entries(stored.parse(JSON.parse(readFileSync(file, 'utf8')))) : [],
  )
  return {
    get: (shard) => positions.get(shard),
    set(shard, sequenceNumber) {
      if (positions.get(shard) === sequenceNumber) return
      positions.set(shard, sequenceNumber)
      writeFileSync(`${file}.new`, JSON.stringify(Object.fromEntries(positions)))
      renameSync(`${file}.new`, file)
    },
  }
}
