import { z } from 'zod'
import { ownEntry } from '../own-entry.ts'
import type { LocalSystem, LocalWorkGroup } from '../template.ts'
import type { AthenaEngine } from './athena-engine.ts'
import { createExecutions, type Execution, type Executions } from './athena-executions.ts'
import { resultPage } from './athena-results.ts'
import type { S3Files } from './s3-files.ts'
import {
  AwsError,
  type AwsRequest,
  jsonResponse,
  type LocalService,
  unknownOperation,
} from './service.ts'

type Facts = Pick<
  LocalSystem,
  'glueTables' | 'workGroups' | 'namedQueries' | 'region' | 'accountId'
>

const invalid = (message: string): AwsError => new AwsError('InvalidRequestException', message)

const startQuery = z.object({
  QueryString: z.string().min(1).max(262_144),
  WorkGroup: z.string().default('primary'),
  QueryExecutionContext: z.object({ Database: z.string().regex(/^\w+$/).optional() }).optional(),
  ExecutionParameters: z.array(z.string()).default([]),
  ResultConfiguration: z.object({ OutputLocation: z.string().optional() }).optional(),
})
const byExecution = z.object({ QueryExecutionId: z.string() })
const results = byExecution.extend({
  NextToken: z.coerce.number().default(0),
  MaxResults: z.number().int().min(1).max(1000).default(1000),
})
const byNamedQuery = z.object({ NamedQueryId: z.string() })
const namedQueryIds = z.object({ NamedQueryIds: z.array(z.string()).min(1).max(50) })
const inWorkGroup = z.object({ WorkGroup: z.string().default('primary') })

/** @see https://docs.aws.amazon.com/athena/latest/APIReference/API_QueryExecution.html */
const describe = (execution: Execution) => ({
  QueryExecutionId: execution.id,
  Query: execution.query.sql,
  StatementType: /^\W*(?:show|describe|explain)\b/i.test(execution.query.sql) ? 'UTILITY' : 'DML',
  ResultConfiguration: { OutputLocation: execution.outputLocation },
  QueryExecutionContext: { Database: execution.query.database, Catalog: 'awsdatacatalog' },
  Status: {
    State: execution.state,
    SubmissionDateTime: execution.submittedAt / 1000,
    ...(execution.completedAt && { CompletionDateTime: execution.completedAt / 1000 }),
    ...(execution.reason && {
      StateChangeReason: execution.reason,
      AthenaError: {
        ErrorCategory: 2,
        ErrorType: 1301,
        Retryable: false,
        ErrorMessage: execution.reason,
      },
    }),
  },
  Statistics: {
    TotalExecutionTimeInMillis: (execution.completedAt ?? Date.now()) - execution.submittedAt,
  },
  WorkGroup: execution.workGroup.name,
  EngineVersion: {
    SelectedEngineVersion: 'Athena engine version 3',
    EffectiveEngineVersion: 'Athena engine version 3',
  },
})

function resultOf({ state, result }: Execution) {
  if (result) return result
  if (state === 'RUNNING') throw invalid('Query has not yet finished. Current state: RUNNING')
  throw invalid(`Query did not finish successfully. Final query state: ${state}`)
}

/** Where the result goes: the workgroup's own place overrides the one in the request. */
function outputOf({ name, outputLocation }: LocalWorkGroup, asked: string | undefined): string {
  const location = outputLocation ?? asked
  if (location !== undefined) return location
  throw invalid(`No output location provided, neither by ${name} nor by the request.`)
}

type Operations = Readonly<Record<string, (input: AwsRequest['input']) => object>>

function workGroupIn({ workGroups }: Facts, name: string): LocalWorkGroup {
  const found = workGroups.find((each) => each.name === name)
  if (found) return found
  throw invalid(`WorkGroup ${name} is not found.`)
}

const executionOperations = (facts: Facts, executions: Executions): Operations => ({
  StartQueryExecution(input) {
    const asked = startQuery.parse(input)
    const group = workGroupIn(facts, asked.WorkGroup)
    const query = {
      sql: asked.QueryString.replace(/;\s*$/, ''),
      database: asked.QueryExecutionContext?.Database,
      parameters: asked.ExecutionParameters,
    }
    const output = outputOf(group, asked.ResultConfiguration?.OutputLocation)
    return { QueryExecutionId: executions.start(query, group, output).id }
  },
  GetQueryExecution: (input) => ({
    QueryExecution: describe(executions.find(byExecution.parse(input).QueryExecutionId)),
  }),
  StopQueryExecution(input) {
    executions.cancel(byExecution.parse(input).QueryExecutionId)
    return {}
  },
  GetQueryResults(input) {
    const { QueryExecutionId, NextToken, MaxResults } = results.parse(input)
    return resultPage(resultOf(executions.find(QueryExecutionId)), NextToken, MaxResults)
  },
})

const named = ({ namedQueries }: Facts, ids: readonly string[]) =>
  namedQueries.filter(({ NamedQueryId }) => ids.includes(NamedQueryId))

const namedQueryOperations = (facts: Facts): Operations => ({
  ListNamedQueries(input) {
    const { name } = workGroupIn(facts, inWorkGroup.parse(input).WorkGroup)
    const own = facts.namedQueries.filter(({ WorkGroup }) => WorkGroup === name)
    return { NamedQueryIds: own.map(({ NamedQueryId }) => NamedQueryId) }
  },
  GetNamedQuery(input) {
    const [found] = named(facts, [byNamedQuery.parse(input).NamedQueryId])
    if (found) return { NamedQuery: found }
    throw invalid('The named query was not found')
  },
  BatchGetNamedQuery(input) {
    const { NamedQueryIds } = namedQueryIds.parse(input)
    const found = named(facts, NamedQueryIds)
    const ids = found.map(({ NamedQueryId }) => NamedQueryId)
    const missing = NamedQueryIds.filter((id) => !ids.includes(id))
    return {
      NamedQueries: found,
      UnprocessedNamedQueryIds: missing.map((NamedQueryId) => ({ NamedQueryId })),
    }
  },
})

/** What IAM is asked about: every operation belongs to a workgroup. */
function workGroupOf(facts: Facts, executions: Executions, input: AwsRequest['input']): string {
  const execution = byExecution.safeParse(input).data
  if (execution) return executions.find(execution.QueryExecutionId).workGroup.name
  const one = byNamedQuery.safeParse(input).data?.NamedQueryId ?? ''
  const ids = namedQueryIds.safeParse(input).data?.NamedQueryIds ?? [one]
  return named(facts, ids)[0]?.WorkGroup ?? inWorkGroup.parse(input).WorkGroup
}

/** Athena's API over DuckDB: the template's tables, views, workgroups and named queries. */
export function createAthena(facts: Facts, files: S3Files): LocalService {
  let opened: Promise<AthenaEngine> | undefined
  const engine = () => {
    opened ??= import('./athena-engine.ts').then((module) => module.openAthenaEngine(facts, files))
    return opened
  }
  const executions = createExecutions(engine, files)
  const operations = { ...executionOperations(facts, executions), ...namedQueryOperations(facts) }
  return {
    name: 'athena',
    conditionKeys: [],
    questions: ({ action, input }) => [
      {
        action: `athena:${action}`,
        resource: `arn:aws:athena:${facts.region}:${facts.accountId}:workgroup/${workGroupOf(facts, executions, input)}`,
        context: {},
      },
    ],
    async serve({ action, input }) {
      const operation = ownEntry(operations, action)
      if (!operation) throw unknownOperation(action)
      return jsonResponse(operation(input))
    },
    async close() {
      const running = await opened?.catch(() => undefined)
      running?.close()
    },
  }
}
