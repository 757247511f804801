import { z } from 'zod'
import { startFunctions } from '#local/lambda.ts'
import { createLog } from '#local/log.ts'
import type { Contender } from './exchange.ts'
import { type Invoke, ours } from './ours.ts'
import { type BenchSystem, origin } from './system.ts'

/** What one function has used, all together. */
export interface Used {
  readonly requests: number
  readonly logBytes: number
  /** `dynamodb:GetItem` -> how often. */
  readonly calls: Readonly<Record<string, number>>
  readonly readUnits: number
  readonly writeUnits: number
}

/** The functions running as Lambda would run them, each under its own role, with a meter on all they use. */
export interface RecordedSystem {
  contender(tenant: string): Contender
  /** By function, since the start. */
  used(): Readonly<Record<string, Used>>
  close(): Promise<void>
}

const result = z.object({
  statusCode: z.number(),
  headers: z.record(z.string(), z.string()).default({}),
  cookies: z.array(z.string()).default([]),
  body: z.string().default(''),
})

export async function startRecorded({ system, aws }: BenchSystem): Promise<RecordedSystem> {
  const log = createLog()
  const functions = await startFunctions({ ...system, awsEndpoint: aws.url, log })
  const invoke: Invoke = async ({ functionName, event }) => {
    const outcome = await functions.invoke(functionName, event)
    if (outcome.kind !== 'answered') throw new Error(`${functionName} ${outcome.kind}`)
    return result.parse(outcome.payload)
  }
  const before = aws.consumption()
  const callsBefore = (name: string, action: string) =>
    before.find((row) => row.function === name && row.action === action)
  return {
    contender: (tenant) => ours(system, origin, tenant, invoke),
    used: () =>
      Object.fromEntries(
        functions.statistics().map(({ name, calls: requests }) => {
          const rows = aws.consumption().filter((row) => row.function === name)
          const since = (row: (typeof rows)[number], part: 'calls' | 'readUnits' | 'writeUnits') =>
            row[part] - (callsBefore(name, row.action)?.[part] ?? 0)
          const total = (part: 'readUnits' | 'writeUnits') =>
            rows.reduce((sum, row) => sum + since(row, part), 0)
          const used: Used = {
            requests,
            logBytes: log.bytes()[name] ?? 0,
            calls: Object.fromEntries(rows.map((row) => [row.action, since(row, 'calls')])),
            readUnits: total('readUnits'),
            writeUnits: total('writeUnits'),
          }
          return [name, used]
        }),
      ),
    close: functions.close,
  }
}
