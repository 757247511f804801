import { createServer } from 'node:http'
import {
  type OAuthClientProvider,
  UnauthorizedError,
} from '@modelcontextprotocol/sdk/client/auth.js'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import type {
  OAuthClientInformationMixed,
  OAuthTokens,
} from '@modelcontextprotocol/sdk/shared/auth.js'

const {
  ISSUER = 'http://localhost:9000/demo',
  RESOURCE = 'http://localhost:3003/mcp',
  CLIENT_ID,
  CLIENT_METADATA_URL,
} = process.env

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
const memory: { client?: OAuthClientInformationMixed; tokens?: OAuthTokens; verifier?: string } = {}
if (CLIENT_ID) memory.client = { client_id: CLIENT_ID, issuer: ISSUER }

const state = crypto.randomUUID()
const provider: OAuthClientProvider = {
  redirectUrl,
  clientMetadataUrl: CLIENT_METADATA_URL,
  clientMetadata: {
    client_name: 'Demo Agent',
    redirect_uris: [redirectUrl],
    grant_types: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_method: 'none',
  },
  clientInformation: () => memory.client,
  saveClientInformation: (client) => void Object.assign(memory, { client }),
  state: () => state,
  tokens: () => memory.tokens,
  saveTokens: (tokens) => void Object.assign(memory, { tokens }),
  codeVerifier: () => memory.verifier ?? '',
  saveCodeVerifier: (verifier) => void Object.assign(memory, { verifier }),
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
  const isOurs = answer.get('state') === state && answer.get('iss') === ISSUER
  if (!isOurs) throw new Error('this answer belongs to another request')
  await first.transport.finishAuth(answer.get('code') ?? '')
})
listener.close()

const { client, connected } = await connect()
await connected
const { content } = await client.callTool({ name: 'list_notes' })
console.log(JSON.stringify(content))
await client.close()
