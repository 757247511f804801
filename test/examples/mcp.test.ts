import { expect, test } from 'vitest'
import { appAt, issuer, printed, signIn, start } from './example.ts'

const resource = `${appAt(3003)}/mcp`
const startServer = () => start('mcp-server.ts', { RESOURCE: resource }).waitFor('Ready')

test('the MCP client finds its way from the server to the issuer, and calls the tool', async () => {
  await startServer()
  const agent = start('mcp-client.ts', { RESOURCE: resource })
  const url = await printed(agent, 'Open in a browser:')
  expect(new URL(url).searchParams.get('resource')).toBe(resource)
  await fetch((await signIn(url)).url)
  expect((await agent.ended).stdout).toContain('The notes of')
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
