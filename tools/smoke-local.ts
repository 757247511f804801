import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { freePort } from './free-port.ts'

/** What the demo document of `npm start` declares: a person, and a client that knows her. */
const visitor = ['--user', 'ada@example.com', '--client', 'demo-web']
const redirectUri = ['--redirect-uri', 'http://localhost:3000/callback']
const secrets = {
  SMOKE_PASSWORD: 'harbour-lantern-tide',
  SMOKE_CLIENT_SECRET: 'demo-web-secret-for-this-computer-only',
}

/** Answers the issuer that a started system announces. @throws Error when it ends without */
async function announcedIssuer({ stdout }: ChildProcess): Promise<string> {
  if (stdout) {
    for await (const line of createInterface({ input: stdout })) {
      const issuer = /^Sallyport is ready: (\S+)$/.exec(line)?.[1]
      if (issuer !== undefined) return issuer
    }
  }
  throw new Error('the local cloud ended before it was ready')
}

/** Runs the checks of a deployed system against one that runs here from the same template. */
const port = String(await freePort())
const cloud = spawn(process.execPath, ['local/main.ts', '--port', port], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
try {
  const issuer = await announcedIssuer(cloud)
  const args = ['tools/smoke.ts', issuer, ...visitor, ...redirectUri]
  const env = { ...process.env, ...secrets }
  const [code] = await once(spawn(process.execPath, args, { stdio: 'inherit', env }), 'close')
  process.exitCode = code ?? 1
} finally {
  cloud.kill()
}
