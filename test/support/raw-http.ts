import { connect } from 'node:net'

export interface RawAnswer {
  readonly status: number
  readonly head: string
  readonly body: string
}

/** Sends exactly these bytes and reads until the server closes: what no HTTP client would send. */
export const sendRaw = (origin: string, bytes: string | Buffer): Promise<RawAnswer> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin)
    const chunks: Buffer[] = []
    const socket = connect(Number(port), hostname === 'localhost' ? '127.0.0.1' : hostname)
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('error', reject)
    socket.on('end', () => {
      const [head = '', ...body] = Buffer.concat(chunks).toString('utf8').split('\r\n\r\n')
      resolve({ status: Number(head.split(' ')[1]), head, body: body.join('\r\n\r\n') })
    })
    socket.write(bytes)
  })

/** One request whose connection ends with its answer. @param lines header lines beyond host and connection */
export const rawRequest = (requestLine: string, lines: readonly string[] = [], body = ''): string =>
  [`${requestLine} HTTP/1.1`, 'Host: localhost', 'Connection: close', ...lines, '', body].join(
    '\r\n',
  )
