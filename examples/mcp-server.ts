import { InvalidTokenError } from '@modelcontextprotocol/sdk/server/auth/errors.js'
import { requireBearerAuth } from '@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js'
import {
  mcpAuthMetadataRouter,
  getOAuthProtectedResourceMetadataUrl as metadataUrlOf,
} from '@modelcontextprotocol/sdk/server/auth/router.js'
import { createMcpExpressApp } from '@modelcontextprotocol/sdk/server/express.js'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import { createRemoteJWKSet, jwtVerify } from 'jose'

const { ISSUER = 'http://localhost:9000/demo', RESOURCE = 'http://localhost:3003/mcp' } =
  process.env

const resource = new URL(RESOURCE)
const discovery = await fetch(`${ISSUER}/.well-known/openid-configuration`)
const oauthMetadata = await discovery.json()
const keys = createRemoteJWKSet(new URL(oauthMetadata.jwks_uri))

/** @spec https://www.rfc-editor.org/rfc/rfc9068#section-4 */
async function verifyAccessToken(token: string) {
  const expected = { issuer: ISSUER, audience: RESOURCE, typ: 'at+jwt' }
  const { payload } = await jwtVerify(token, keys, expected).catch((error: Error) => {
    throw new InvalidTokenError(error.message)
  })
  const scopes = String(payload['scope'] ?? '').split(' ')
  const [clientId, user] = [String(payload['client_id']), payload.sub]
  return { token, clientId, scopes, expiresAt: payload.exp, resource, extra: { user } }
}

/** One server per request: nothing of one caller is there for the next. */
function notes(): McpServer {
  const server = new McpServer({ name: 'notes', version: '1.0.0' })
  server.registerTool('list_notes', { description: 'Lists your notes' }, ({ authInfo }) => {
    const user = String(authInfo?.extra?.['user'])
    return { content: [{ type: 'text', text: `The notes of ${user}` }] }
  })
  return server
}

const app = createMcpExpressApp()
app.use(
  mcpAuthMetadataRouter({
    oauthMetadata,
    resourceServerUrl: resource,
    scopesSupported: ['notes:read'],
  }),
)
const bearer = requireBearerAuth({
  verifier: { verifyAccessToken },
  requiredScopes: ['notes:read'],
  resourceMetadataUrl: metadataUrlOf(resource),
})
app.post(resource.pathname, bearer, async (request, response) => {
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined })
  response.on('close', () => transport.close())
  await notes().connect(transport)
  await transport.handleRequest(request, response, request.body)
})
app.listen(Number(resource.port), resource.hostname, () => console.log(`Ready: ${RESOURCE}`))
