import type { Environment } from 'aws-cdk-lib'
import { Construct } from 'constructs'
import { type ApiSettings, ApiStack } from '../stacks/api.ts'
import { DataStack } from '../stacks/data.ts'

export interface SallyportProps extends ApiSettings {
  readonly env?: Environment
}

/**
 * The whole of Sallyport, for an app or a stage of yours.
 *
 * What is kept and what may be replaced stay in two stacks wherever it is placed. Call
 * `buildFunctions()` of `tools/build.ts` before. One per account and Region.
 */
export class Sallyport extends Construct {
  readonly data: DataStack
  readonly api: ApiStack

  constructor(scope: Construct, id: string, { env, ...settings }: SallyportProps) {
    super(scope, id)
    this.data = new DataStack(this, 'Data', {
      env,
      stackName: `${id}-Data`,
      description: 'Table and keys of Sallyport',
    })
    this.api = new ApiStack(this, 'Api', settings, {
      env,
      stackName: `${id}-Api`,
      description: 'Functions, HTTP API and distribution of Sallyport',
    })
    this.api.addStackDependency(this.data)
  }
}
