import type { Environment } from 'aws-cdk-lib'
import { Construct } from 'constructs'
import { type ApiSettings, ApiStack } from '../stacks/api.ts'
import { AuditStack } from '../stacks/audit.ts'
import { DataStack } from '../stacks/data.ts'
import { WorkersStack } from '../stacks/workers.ts'

export interface SallyportProps extends ApiSettings {
  readonly env?: Environment
}

/**
 * The whole of Sallyport, for an app or a stage of yours.
 *
 * What is kept and what may be replaced stay in stacks of their own wherever it is placed. Call
 * `buildFunctions()` of `tools/build.ts` before. One per account and Region.
 */
export class Sallyport extends Construct {
  readonly data: DataStack
  readonly audit: AuditStack
  readonly api: ApiStack
  readonly workers: WorkersStack

  constructor(scope: Construct, id: string, { env, ...settings }: SallyportProps) {
    super(scope, id)
    this.data = new DataStack(this, 'Data', {
      env,
      stackName: `${id}-Data`,
      description: 'Table and keys of Sallyport',
    })
    this.audit = new AuditStack(this, 'Audit', {
      env,
      stackName: `${id}-Audit`,
      description: 'Audit lake of Sallyport',
    })
    this.api = new ApiStack(this, 'Api', settings, {
      env,
      stackName: `${id}-Api`,
      description: 'Functions, HTTP API and distribution of Sallyport',
    })
    this.api.addStackDependency(this.data)
    this.workers = new WorkersStack(this, 'Workers', settings, {
      env,
      stackName: `${id}-Workers`,
      description: 'Functions of Sallyport that the table and the clock wake',
    })
    this.workers.addStackDependency(this.data)
    this.workers.addStackDependency(this.audit)
  }
}
