import { expect, test } from 'vitest'
import { appAt, issuer, printed, signIn, start } from './example.ts'

const resource = `${appAt(3003)}/mcp`
const startServer = () => start('mcp-server.ts', { RESOURCE: resource }).waitFor('Ready')

test.each([
  ['registers itself', {}, /^(?!demo-agent$)/],
  ['is known already', { CLIENT_ID: 'demo-agent' }, /^demo-agent$/],
])('the MCP client that %s finds the issuer, and calls the tool', async (_, known, name) => {
  await startServer()
  const agent = start('mcp-client.ts', { RESOURCE: resource, ...known })
  const url = await printed(agent, 'Open in a browser:')
  const asked = new URL(url).searchParams
  expect(asked.get('resource')).toBe(resource)
  expect(asked.get('client_id')).toMatch(name)
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
