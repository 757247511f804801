import {
  AthenaClient,
  GetQueryExecutionCommand,
  paginateGetQueryResults,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena'
import type { LocalCloud } from '#local/start.ts'

/** Asks the lake as anybody would on AWS; a row is a list of texts. */
export type Ask = (sql: string) => Promise<readonly (readonly string[])[]>

const workgroup = 'sallyport'

/** @throws Error with Athena's reason when the query fails */
export function askAthena({ aws }: Pick<LocalCloud, 'aws'>): Ask {
  const client = new AthenaClient({
    endpoint: aws.url,
    region: 'us-east-1',
    credentials: aws.operator,
  })

  async function finish(id: string): Promise<void> {
    const answer = await client.send(new GetQueryExecutionCommand({ QueryExecutionId: id }))
    const { State: state, StateChangeReason: reason } = answer.QueryExecution?.Status ?? {}
    if (state === 'SUCCEEDED') return
    if (state !== 'RUNNING' && state !== 'QUEUED') throw new Error(`${state}: ${reason}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
    await finish(id)
  }

  return async (sql) => {
    const started = await client.send(
      new StartQueryExecutionCommand({
        QueryString: sql,
        WorkGroup: workgroup,
        QueryExecutionContext: { Database: workgroup },
      }),
    )
    const id = started.QueryExecutionId ?? ''
    await finish(id)
    const rows: string[][] = []
    for await (const page of paginateGetQueryResults({ client }, { QueryExecutionId: id })) {
      for (const { Data: data = [] } of page.ResultSet?.Rows ?? []) {
        rows.push(data.map(({ VarCharValue: value = '' }) => value))
      }
    }
    return rows.slice(1)
  }
}
