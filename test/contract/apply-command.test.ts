import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type LocalCloud, startLocalCloud } from '#local/start.ts'
import { sealingKinds } from '#shared/keys/sealing-key.ts'
import { missingEngine } from '../support/dynamodb.ts'

const document = {
  tenants: [
    {
      id: 'harbour',
      displayName: 'Harbour Works',
      users: [{ userName: 'ada@example.com', password: 'harbour-lantern-tide' }],
      groups: [{ displayName: 'Crew', members: ['ada@example.com'] }],
      clients: [
        {
          client_id: 'reports',
          client_secret: 'c4mA0Xb2qJ9sVfLk7tYwZn1RhEuPgD5oQi8KxBvNjT3',
          grant_types: ['client_credentials'],
          scope: 'reports:read',
        },
      ],
    },
  ],
}

async function fileOf(content: unknown): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-apply-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const file = join(folder, 'document.json')
  await writeFile(file, JSON.stringify(content))
  return file
}

/** Runs `npm run apply` as the operator; answers its exit code and all that it printed. */
function apply({ aws }: LocalCloud, file: string) {
  const env = {
    PATH: process.env['PATH'],
    AWS_ENDPOINT_URL: aws.url,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: aws.operator.accessKeyId,
    AWS_SECRET_ACCESS_KEY: aws.operator.secretAccessKey,
  }
  return new Promise<{ code: unknown; printed: string }>((resolve) => {
    execFile(process.execPath, ['tools/apply.ts', file], { env }, (error, output, errors) =>
      resolve({ code: error?.code ?? 0, printed: `${output}${errors}`.trim() }),
    )
  })
}

test('npm run apply sets a deployment up, and a second time changes nothing', async ({ skip }) => {
  skip(missingEngine !== undefined, missingEngine)
  const cloud = await startLocalCloud({ port: 0, https: false })
  onTestFinished(() => cloud.close())
  const file = await fileOf(document)
  expect(await apply(cloud, file)).toEqual({
    code: 0,
    printed: [
      'tenants: 1 created',
      'signing keys: 1 created',
      `sealing keys: ${sealingKinds.length} unchanged`,
      'users: 1 created',
      'groups: 1 created',
      'memberships: 1 created',
      'clients: 1 created',
    ].join('\n'),
  })
  const again = await apply(cloud, file)
  expect(again.code).toBe(0)
  expect(again.printed).not.toMatch(/created|updated/)
})
