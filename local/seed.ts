import type { Configuration } from '#shared/configuration/document.ts'
import { applyConfiguration } from '#shared/configuration/flows/apply-configuration.ts'
import { renderProblem } from '#shared/configuration/problem.ts'
import { findDeployment } from '../tools/deployment.ts'
import type { AwsEndpoint } from './aws-endpoint.ts'
import { StartError } from './options.ts'

/**
 * Applies a configuration document as the operator, the very way of `npm run apply` on AWS.
 *
 * @throws StartError when the document contradicts what is stored already
 */
export async function seed(
  configuration: Configuration,
  { url, operator }: AwsEndpoint,
  region: string,
): Promise<void> {
  const aws = { endpoint: url, credentials: operator, region }
  const { ports, issuerOrigin } = await findDeployment(aws)
  const application = await applyConfiguration(ports, issuerOrigin)(configuration)
  if (application.kind === 'refused') {
    throw new StartError(application.problems.map(renderProblem).join('; '))
  }
}
