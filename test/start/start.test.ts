import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { get } from 'node:https'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TLSSocket } from 'node:tls'
import { afterAll, afterEach, expect, test } from 'vitest'
import { freePort } from '../../tools/free-port.ts'
import {
  descendantsOf,
  isRunning,
  type StartedProcess,
  startMain,
} from '../support/started-process.ts'

const folder = await mkdtemp(join(tmpdir(), 'sallyport-start-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

const started: StartedProcess[] = []
afterEach(async () => {
  for (const { child, ended } of started.splice(0)) {
    child.kill('SIGTERM')
    await ended
  }
})

async function start(...args: string[]): Promise<StartedProcess & { readonly port: number }> {
  const port = await freePort()
  const running = startMain(['--port', String(port), ...args])
  started.push(running)
  return { ...running, port }
}

/** Runs to the end. */
const run = (...args: string[]) => startMain(args).ended

const ready = 'Sallyport is ready: '

const kidOf = async (port: number): Promise<string> => {
  const response = await fetch(`http://localhost:${port}/demo/oauth2/jwks`)
  return JSON.stringify(await response.json())
}

test('npm start: shows progress, is ready, and Ctrl-C leaves no process behind', async () => {
  const running = await start()
  await running.waitFor(ready)
  const lines = running.stdout().split('\n')
  const readyAt = lines.indexOf(`${ready}http://localhost:${running.port}/demo`)
  expect(readyAt).toBeGreaterThan(2)
  expect(running.stdout()).toContain('for this computer only')

  const descendants = await descendantsOf(running.child.pid ?? 0)
  expect(descendants).not.toEqual([])
  running.child.kill('SIGINT')
  expect((await running.ended).code).toBe(0)
  expect(descendants.filter(isRunning)).toEqual([])
})

test('npm start: stopped while it is starting, it leaves no process and no folder behind', async () => {
  const assemblies = async () =>
    (await readdir(tmpdir())).filter((name) => /^sallyport-\w{6}$/.test(name))
  const before = new Set(await assemblies())
  const running = await start()
  await running.waitFor('synthesizing')
  const own = (await assemblies()).filter((name) => !before.has(name))
  const descendants = await descendantsOf(running.child.pid ?? 0)
  running.child.kill('SIGTERM')
  expect(await running.ended).toMatchObject({ code: 0, stderr: '' })
  expect(descendants.filter(isRunning)).toEqual([])
  const left = new Set(await assemblies())
  expect(own.filter((name) => left.has(name))).toEqual([])
})

test('npm start: it listens on loopback only', async () => {
  const running = await start()
  await running.waitFor('listening')
  const server = createServer()
  // Another address of this computer is free on the same port.
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject).listen(running.port, '127.0.0.2', resolve)
  })
  await new Promise((resolve) => server.close(resolve))
})

test('npm start --data: keys and tenants are the same in the next run', async () => {
  const directory = join(folder, 'data')
  const first = await start('--data', directory)
  await first.waitFor(ready)
  const kid = await kidOf(first.port)
  first.child.kill('SIGTERM')
  await first.ended
  const second = await start('--data', directory)
  await second.waitFor(ready)
  expect(await kidOf(second.port)).toBe(kid)
})

test('npm start --https: serves TLS 1.2 and later with a certificate of its own', async () => {
  const running = await start('--https')
  await running.waitFor(`${ready}https://localhost:${running.port}/demo`)
  const url = `https://localhost:${running.port}/demo/.well-known/openid-configuration`
  const answer = await new Promise<{ status: number | undefined; subject: string }>(
    (resolve, reject) => {
      const options = { rejectUnauthorized: false, agent: false, maxVersion: 'TLSv1.2' } as const
      const request = get(url, options, (response) => {
        const { socket } = response
        const certificate = socket instanceof TLSSocket ? socket.getPeerCertificate() : undefined
        const subject = String(certificate?.subjectaltname)
        response.resume().on('end', () => resolve({ status: response.statusCode, subject }))
      })
      request.on('error', reject)
    },
  )
  expect(answer).toEqual({ status: 200, subject: 'DNS:localhost, IP Address:127.0.0.1' })
})

test('npm start: a taken port is one clear line and exit code 2', async () => {
  const server = createServer()
  const port = await freePort()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const ended = await run('--port', String(port))
  server.close()
  expect(ended).toEqual({
    code: 2,
    stdout: '',
    stderr: `sallyport: port ${port} is taken; choose another one with --port\n`,
  })
})

test.each([
  ['an unknown flag', ['--prot', '1'], /^sallyport: .*--prot.*\n$/],
  ['a bad port', ['--port', 'x'], /^sallyport: .*--port.*\n$/],
  ['a missing file', ['--config', join(folder, 'absent.json')], /^sallyport: .*absent\.json.*\n$/],
])('npm start: %s is one clear line and exit code 2', async (_, args, line) => {
  const ended = await run('--port', String(await freePort()), ...args)
  expect(ended).toMatchObject({ code: 2, stdout: '' })
  expect(ended.stderr).toMatch(line)
})

test('npm start: a broken configuration file is one clear line with the JSON path and exit code 2', async () => {
  const file = join(folder, 'broken.json')
  await writeFile(file, JSON.stringify({ tenants: [{ id: 'acme', displayName: 'Acme', x: 1 }] }))
  const { code, stdout, stderr } = await run('--port', String(await freePort()), '--config', file)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toMatch(/^sallyport: .*broken\.json: \$\.tenants\[0\].*\n$/)
})

test('npm start --help: names the flags and exits with 0', async () => {
  const { code, stdout, stderr } = await run('--help')
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toContain('--https')
})
