import { createServer } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { findDeployment } from './deployment.ts'

/** A Parameter Store that answers every request with these parameters. */
async function parameterStore(parameters: Readonly<Record<string, string>>): Promise<string> {
  const found = Object.entries(parameters).map(([Name, Value]) => ({ Name, Value }))
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/x-amz-json-1.1')
    response.end(JSON.stringify({ Parameters: found }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : address}`
}

const access = (endpoint: string) => ({
  endpoint,
  region: 'eu-central-1',
  credentials: { accessKeyId: 'operator', secretAccessKey: 'secret' },
})

const published = {
  '/sallyport/table-name': 'Sallyport',
  '/sallyport/wrapping-key-arn': 'arn:aws:kms:eu-central-1:111122223333:key/wrapping',
  '/sallyport/signing-key-arn': 'arn:aws:kms:eu-central-1:111122223333:key/signing',
  '/sallyport/issuer-origin': 'https://id.example',
}

test('a deployment is found by the parameters that its stacks publish', async () => {
  const deployment = await findDeployment(access(await parameterStore(published)))
  expect(deployment.issuerOrigin).toBe('https://id.example')
})

test('an account without a deployment: the missing parameter is named', async () => {
  const { '/sallyport/issuer-origin': _, ...others } = published
  await expect(findDeployment(access(await parameterStore(others)))).rejects.toThrow(
    'nothing is deployed in this account and Region: parameter /sallyport/issuer-origin is missing',
  )
})
