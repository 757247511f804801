import type { AwsAccess } from './deployment.ts'

/**
 * Asks a running local cloud how its AWS services are reached, with its operator's credentials.
 *
 * @param url where it is, such as `http://localhost:9400`
 */
export async function localAccess(url: string): Promise<AwsAccess> {
  const response = await fetch(new URL('/_local/api/operator', url))
  if (!response.ok) throw new Error(`there is no local cloud at ${url}`)
  const access: Required<AwsAccess> = JSON.parse(await response.text())
  return access
}
