import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import type { Certificate } from './tls.ts'

export type Listener = (request: IncomingMessage, response: ServerResponse) => Promise<void>

export interface LocalServer {
  readonly origin: string
  /** Replaces what answers; until the first call every request gets a 503. */
  serve(listener: Listener): void
  close(): Promise<void>
}

export interface ServerOptions {
  /** 0 takes any free one. */
  readonly port: number
  readonly certificate?: Certificate | undefined
  /** Asks viewers for certificates of theirs, and takes any, or none. */
  readonly asksForCertificates?: boolean
  readonly onError?: (error: unknown) => void
}

/** CloudFront takes 32 KB of request line and headers; the API behind it has its own, lower limit. */
const maxHeaderSize = 32 * 1024

/**
 * Listens on loopback only.
 *
 * @throws Error with code `EADDRINUSE` when the port is taken
 */
export async function listen(options: ServerOptions): Promise<LocalServer> {
  const { certificate, asksForCertificates = false, onError = () => {} } = options
  let listener: Listener = async (_, response) => {
    response.writeHead(503, { 'content-type': 'text/plain', 'retry-after': '1' })
    response.end('Sallyport is starting.\n')
  }
  const onRequest = (request: IncomingMessage, response: ServerResponse) =>
    void listener(request, response).catch((error) => {
      // A viewer that went away is no fault of ours.
      if (!request.destroyed || request.complete) onError(error)
      fail(response)
    })
  const server = certificate
    ? createTlsServer(
        {
          ...certificate,
          minVersion: 'TLSv1.2',
          maxHeaderSize,
          requestCert: asksForCertificates,
          rejectUnauthorized: false,
        },
        onRequest,
      )
    : createServer({ maxHeaderSize }, onRequest)
  server.on('clientError', refuse)
  await bind(server, options.port)
  const { port } = addressOf(server)
  return {
    origin: `${certificate ? 'https' : 'http'}://localhost:${port}`,
    serve(next) {
      listener = next
    },
    close: () => close(server),
  }
}

function fail(response: ServerResponse): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  for (const name of response.getHeaderNames()) response.removeHeader(name)
  response.writeHead(500, { 'content-type': 'application/json' })
  response.end('{"message":"Internal Server Error"}')
}

/** Answers what is not HTTP, or has too long a head, before there is a request at all. */
function refuse(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy()
    return
  }
  const [status, message] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? [431, 'Request Header Fields Too Large']
      : [400, 'Bad Request']
  const body = JSON.stringify({ message })
  socket.end(
    `HTTP/1.1 ${status} ${message}\r\nconnection: close\r\ncontent-type: application/json\r\n` +
      `content-length: ${body.length}\r\n\r\n${body}`,
  )
}

const bind = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })

function addressOf(server: Server): AddressInfo {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return address
}

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
