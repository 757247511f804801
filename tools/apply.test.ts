import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

/** Runs the command as npm would, with nothing of AWS behind it but a closed port. */
function apply(...args: readonly string[]) {
  const env = {
    PATH: process.env['PATH'] ?? '',
    AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'nobody',
    AWS_SECRET_ACCESS_KEY: 'nothing',
  }
  const run = spawnSync(process.execPath, ['tools/apply.ts', ...args], { env, encoding: 'utf8' })
  return { code: run.status, output: run.stdout, errors: run.stderr.trimEnd().split('\n') }
}

function fileWith(document: unknown): string {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-apply-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'document.json')
  writeFileSync(file, JSON.stringify(document))
  return file
}

test('a bad document: every problem with its path, and exit code 2', () => {
  const file = fileWith({
    tenants: [
      {
        id: 'demo',
        displayName: 'Demo',
        colour: 'blue',
        clients: [{ client_id: 'svc', client_secret: 'weak', grant_types: ['client_credentials'] }],
      },
    ],
  })
  expect(apply(file)).toEqual({
    code: 2,
    output: '',
    errors: [
      `${file} was refused, nothing is applied:`,
      '$.tenants[0].clients[0].client_secret: must hold 256 random bits, such as 43 random characters of base64url',
      '$.tenants[0].colour: unknown key',
    ],
  })
})

test('a bad call: one line, and exit code 2', () => {
  for (const args of [[], ['one.json', 'two.json'], ['--force', 'x.json'], ['no-such-file.json']]) {
    const { code, errors } = apply(...args)
    expect({ code, lines: errors.length }, args.join(' ')).toEqual({ code: 2, lines: 1 })
  }
})

test('no deployment to be reached: one line, and exit code 1', () => {
  const { code, errors } = apply(fileWith({ tenants: [] }))
  expect({ code, lines: errors.length }).toEqual({ code: 1, lines: 1 })
})

test('--help says what it does', () => {
  expect(apply('--help')).toMatchObject({
    code: 0,
    output: expect.stringContaining('npm run apply'),
  })
})
