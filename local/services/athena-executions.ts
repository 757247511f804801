import { randomUUID } from 'node:crypto'
import type { LocalWorkGroup } from '../template.ts'
import { locationOf } from './athena-catalog.ts'
import type { AthenaEngine, AthenaQuery, AthenaResult } from './athena-engine.ts'
import { resultCsv } from './athena-results.ts'
import type { S3Files } from './s3-files.ts'
import { AwsError } from './service.ts'

type State = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED'

export interface Execution {
  readonly id: string
  readonly query: AthenaQuery
  readonly workGroup: LocalWorkGroup
  /** `s3://` URL of the result. */
  readonly outputLocation: string
  /** Milliseconds since the epoch. */
  readonly submittedAt: number
  state: State
  completedAt?: number
  reason?: string
  result?: AthenaResult
}

/** Queries that were started, by their ids. */
export interface Executions {
  start(query: AthenaQuery, workGroup: LocalWorkGroup, outputLocation: string): Execution
  /** @throws AwsError for an unknown id */
  find(id: string): Execution
  cancel(id: string): void
}

const kept = 200

export function createExecutions(engine: () => Promise<AthenaEngine>, files: S3Files): Executions {
  const executions = new Map<string, Execution>()

  function end(execution: Execution, state: State, facts: Partial<Execution>): void {
    if (execution.state !== 'RUNNING') return
    Object.assign(execution, facts, { state, completedAt: Date.now() })
  }

  async function run(execution: Execution): Promise<void> {
    try {
      const result = await (await engine()).run(execution.query)
      const { bucket, prefix } = locationOf(execution.outputLocation)
      await files.put(bucket, prefix, Buffer.from(resultCsv(result)), false)
      end(execution, 'SUCCEEDED', { result })
    } catch (error) {
      end(execution, 'FAILED', { reason: error instanceof Error ? error.message : String(error) })
    }
  }

  function find(id: string): Execution {
    const found = executions.get(id)
    if (found) return found
    throw new AwsError('InvalidRequestException', `QueryExecution ${id} was not found`)
  }

  return {
    start(query, workGroup, outputLocation) {
      const id = randomUUID()
      const execution: Execution = {
        id,
        query,
        workGroup,
        outputLocation: `${outputLocation.replace(/\/?$/, '/')}${id}.csv`,
        submittedAt: Date.now(),
        state: 'RUNNING',
      }
      executions.set(id, execution)
      const [oldest] = executions.keys()
      if (executions.size > kept && oldest !== undefined) executions.delete(oldest)
      void run(execution)
      return execution
    },
    find,
    cancel: (id) => end(find(id), 'CANCELLED', {}),
  }
}
