import { createServer } from 'node:http'
import {
  type OAuthClientProvider,
  UnauthorizedError,
} from '@modelcontextprotocol/sdk/client/auth.js'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'

const { RESOURCE = 'http://localhost:3003/mcp', CLIENT_ID = 'demo-agent' } = process.env

const { promise: arrived, resolve: arrive } = Promise.withResolvers<URLSearchParams>()
const listener = createServer(({ url = '' }, response) => {
  if (!url.startsWith('/callback?')) return response.writeHead(404).end()
  arrive(new URL(url, 'http://127.0.0.1').searchParams)
  return response.setHeader('connection', 'close').end('You may close this window.')
})
await new Promise<void>((listening) => listener.listen(0, '127.0.0.1', listening))
const address = listener.address()
if (address === null || typeof address === 'string') throw new Error('there is no port')
const redirectUrl = `http://127.0.0.1:${address.port}/callback`

/** What outlives the trip through the browser. An agent keeps this in the keychain of the system. */
const memory = new Map<string, string>()
const state = crypto.randomUUID()
const provider: OAuthClientProvider = {
  redirectUrl,
  clientMetadata: { client_name: 'Demo Agent', redirect_uris: [redirectUrl] },
  clientInformation: () => ({ client_id: CLIENT_ID }),
  state: () => state,
  tokens: () => JSON.parse(memory.get('tokens') ?? 'null') ?? undefined,
  saveTokens: (tokens) => void memory.set('tokens', JSON.stringify(tokens)),
  codeVerifier: () => memory.get('verifier') ?? '',
  saveCodeVerifier: (verifier) => void memory.set('verifier', verifier),
  redirectToAuthorization: (url) => console.log(`Open in a browser: ${url}`),
}

const connect = async () => {
  const client = new Client({ name: 'demo-agent', version: '1.0.0' })
  const transport = new StreamableHTTPClientTransport(new URL(RESOURCE), { authProvider: provider })
  return { client, transport, connected: client.connect(transport) }
}

const first = await connect()
await first.connected.catch(async (error: unknown) => {
  if (!(error instanceof UnauthorizedError)) throw error
  const answer = await arrived
  if (answer.get('state') !== state) throw new Error('this answer belongs to another request')
  await first.transport.finishAuth(answer.get('code') ?? '')
})
listener.close()

const { client, connected } = await connect()
await connected
const { content } = await client.callTool({ name: 'list_notes' })
console.log(JSON.stringify(content))
await client.close()
