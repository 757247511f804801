import { clientsWithDocuments } from '#shared/node/client-documents.ts'
import { httpClient } from './http-client.ts'
import { clock } from './node.ts'
import { clients as stored } from './store.ts'
import { tenants } from './tenants.ts'

/** The clients of the table, and those that describe themselves where their id leads. */
export const clients = clientsWithDocuments({ stored, tenants, httpClient, clock })
