import { z } from 'zod'
import { type Declared, ofType } from './template-resources.ts'

export interface LocalWorkGroup {
  readonly name: string
  /** `s3://bucket/prefix/`, where results are kept. */
  readonly outputLocation: string | undefined
}

const workGroupSchema = z.object({
  WorkGroupConfiguration: z
    .object({
      ResultConfiguration: z.object({ OutputLocation: z.string().optional() }).optional(),
    })
    .optional(),
})

export const readWorkGroups = (all: readonly Declared[]): readonly LocalWorkGroup[] =>
  ofType(all, 'AWS::Athena::WorkGroup').map((each) => {
    const { WorkGroupConfiguration: settings } = each.read(workGroupSchema)
    return { name: each.ref(), outputLocation: settings?.ResultConfiguration?.OutputLocation }
  })

/** Members in capitals are as the Athena API spells them. */
export interface LocalNamedQuery {
  readonly NamedQueryId: string
  readonly Name: string
  readonly Database: string
  readonly QueryString: string
  readonly Description: string
  readonly WorkGroup: string
}

const namedQuerySchema = z.object({
  Name: z.string(),
  Database: z.string(),
  QueryString: z.string(),
  Description: z.string().default(''),
  WorkGroup: z.string().default('primary'),
})

export const readNamedQueries = (all: readonly Declared[]): readonly LocalNamedQuery[] =>
  ofType(all, 'AWS::Athena::NamedQuery').map((each) => ({
    NamedQueryId: each.ref(),
    ...each.read(namedQuerySchema),
  }))
