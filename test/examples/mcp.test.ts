import { expect, onTestFinished, test } from 'vitest'
import { startHttpsSite } from '../support/https-site.ts'
import { appAt, issuer, printed, signIn, start } from './example.ts'

const resource = `${appAt(3003)}/mcp`
const startServer = () => start('mcp-server.ts', { RESOURCE: resource }).waitFor('Ready')

/** Follows an agent through the browser to the tool, and answers the name by which it has asked. */
async function calledBy(environment: Record<string, string>): Promise<string> {
  await startServer()
  const agent = start('mcp-client.ts', { RESOURCE: resource, ...environment })
  const url = await printed(agent, 'Open in a browser:')
  const asked = new URL(url).searchParams
  expect(asked.get('resource')).toBe(resource)
  await fetch((await signIn(url)).url)
  expect((await agent.ended).stdout).toContain('The notes of')
  return asked.get('client_id') ?? ''
}

test('the MCP client finds the issuer, is known there, and calls the tool', async () => {
  expect(await calledBy({ CLIENT_ID: 'demo-agent' })).toBe('demo-agent')
})

test('the MCP client finds the issuer, registers itself, and calls the tool', async () => {
  expect(await calledBy({})).not.toBe('demo-agent')
})

test('the MCP client finds the issuer, points at its own document, and calls the tool', async () => {
  const site = await startHttpsSite()
  onTestFinished(site.close)
  const document = {
    client_id: `${site.origin}/agent.json`,
    client_name: 'Demo Agent',
    application_type: 'native',
    redirect_uris: ['http://127.0.0.1/callback'],
    grant_types: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_method: 'none',
  }
  const address = site.publish('/agent.json', { body: JSON.stringify(document) })
  expect(await calledBy({ CLIENT_METADATA_URL: address })).toBe(address)
})

test('the MCP server refuses strangers, and says where to ask', async () => {
  await startServer()
  const response = await fetch(resource, { method: 'POST' })
  expect(response.status).toBe(401)
  const [, metadata = ''] =
    /resource_metadata="([^"]+)"/.exec(response.headers.get('www-authenticate') ?? '') ?? []
  expect(await (await fetch(metadata)).json()).toMatchObject({
    resource,
    authorization_servers: [issuer],
    scopes_supported: ['notes:read'],
  })
})

test('the MCP server refuses a token that is meant for somebody else', async () => {
  await startServer()
  const token = (await start('machine.ts').ended).stdout.trim()
  const headers = { authorization: `Bearer ${token}` }
  const response = await fetch(resource, { method: 'POST', headers })
  expect(response.status).toBe(401)
})
