import { createServer, type RequestListener, type Server } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { documentChecks } from './document-checks.ts'
import { headerChecks } from './header-checks.ts'
import { createJourney } from './journey.ts'
import { runChecks } from './run-checks.ts'
import { signInChecks } from './sign-in-checks.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

/** Something else than Sallyport, with all that a caller can give. */
async function strangeSystem(answer: RequestListener) {
  const server = createServer(answer)
  servers.push(server)
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })
  const visitor = { userName: 'a', password: 'b', clientId: 'c', redirectUri: 'https://d.example/' }
  const executeApi = `http://127.0.0.1:${port}`
  const options = { issuer: `http://127.0.0.1:${port}/acme`, executeApi, visitor }
  return { options, journey: createJourney(options) }
}

const linesOf = async (checks: Parameters<typeof runChecks>[0], answer: RequestListener) => {
  const lines: string[] = []
  const scene = await strangeSystem(answer)
  const tally = await runChecks(checks, scene, (line) => lines.push(line))
  return { lines, tally }
}

test('a system that says 200 to everything passes no check', async () => {
  const checks = [...documentChecks, ...headerChecks, ...signInChecks]
  const { lines, tally } = await linesOf(checks, (_, response) => {
    response.setHeader('content-type', 'application/json').setHeader('x-powered-by', 'x').end('{}')
  })
  expect(lines.filter((line) => line.startsWith('ok'))).toEqual([])
  expect(tally).toEqual({ passed: 0, failed: checks.length - 2, skipped: 2 })
})

test('rfc 9110 section 11.6.1: a challenge that the gateway has renamed is told as such', async () => {
  const { lines } = await linesOf(headerChecks, (_, response) => {
    response.writeHead(401, { 'x-amzn-remapped-www-authenticate': 'Basic realm="a"' }).end()
  })
  const renamed = lines.filter((line) => line.includes('the gateway has renamed WWW-Authenticate'))
  expect(renamed).toHaveLength(3)
})

test('what the caller has not given is skipped, with the reason', async () => {
  const { journey } = await strangeSystem((_, response) => response.end())
  const lines: string[] = []
  const options = { issuer: 'http://127.0.0.1:1/acme' }
  const tally = await runChecks(signInChecks, { options, journey }, (line) => lines.push(line))
  expect(tally).toEqual({ passed: 0, failed: 0, skipped: signInChecks.length })
  expect(lines[0]).toMatch(/^skipped .*--user/)
})
