import { documentClient } from '#shared/aws/dynamodb.ts'
import type { Table } from '#shared/store/table.ts'
import { config } from '../config.ts'

/** The deployment's one table, under the function's own role. */
export const table: Table = { client: documentClient(), name: config.tableName }
