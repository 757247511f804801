import { randomBytes } from 'node:crypto'
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm'
import { parameterNames } from '#infra/parameters.ts'
import type { LocalCloud } from '#local/start.ts'
import type { AuditEvent } from '#shared/audit/event.ts'
import { documentClient } from '#shared/aws/dynamodb.ts'
import { trusted } from '#shared/kernel/ids.ts'
import { epochSeconds } from '#shared/kernel/time.ts'
import { StoreUnavailable } from '#shared/ports/store-unavailable.ts'
import { dynamoOutbox } from '#shared/store/outbox.ts'
import { basic, RelyingParty } from '../support/relying-party.ts'

/** Runs one task after the other in so many rows. */
async function inRows(rows: number, count: number, task: (place: number) => Promise<void>) {
  let next = 0
  const row = async () => {
    while (next < count) {
      next += 1
      await task(next - 1)
    }
  }
  await Promise.all(Array.from({ length: rows }, row))
}

const works = (task: Promise<boolean>): Promise<boolean> => task.catch(() => false)

/** Machine tokens through the whole product; answers how many were issued. */
export async function requestMachineTokens(origin: string, count: number): Promise<number> {
  const parties = ['acme', 'globex'].map((tenant) => new RelyingParty(origin, tenant))
  const secrets = ['machine-secret', 'globex-machine-secret']
  let issued = 0
  await inRows(3, count, async (place) => {
    const party = parties[place % 2]
    const answer = party?.token(
      { grant_type: 'client_credentials', scope: 'orders:read' },
      basic('machine', secrets[place % 2] ?? ''),
    )
    if (answer && (await works(answer.then(({ status }) => status === 200)))) issued += 1
  })
  return issued
}

/** People who sign in, redeem and refresh; answers how many of their tokens were refreshed. */
export async function signInAndRefresh(origin: string, people: number, times: number) {
  let refreshed = 0
  await inRows(2, people, async () => {
    const party = new RelyingParty(origin)
    let token = await party.tokens({ scope: 'openid offline_access' }).then(
      (tokens) => tokens.refreshToken,
      () => undefined,
    )
    for (let turn = 0; turn < times && token !== undefined; turn += 1) {
      const { status, body } = await party.refresh(token).catch(() => ({ status: 0, body: {} }))
      token =
        status === 200
          ? String(Object.entries(body).find(([name]) => name === 'refresh_token')?.[1])
          : undefined
      if (token !== undefined) refreshed += 1
    }
  })
  return refreshed
}

/** A put whose answer was lost is made again: the same event under the same key. */
async function untilItWorks(put: () => Promise<void>): Promise<void> {
  for (;;) {
    const isWritten = await put().then(
      () => true,
      (error: unknown) => {
        if (error instanceof StoreUnavailable) return false
        throw error
      },
    )
    if (isWritten) return
  }
}

/** The name of the table, as the stack has published it. */
export async function tableNameOf(cloud: LocalCloud): Promise<string> {
  const { url: endpoint, operator: credentials } = cloud.aws
  const client = new SSMClient({ endpoint, region: 'us-east-1', credentials })
  const found = await client.send(new GetParameterCommand({ Name: parameterNames.tableName }))
  client.destroy()
  return found.Parameter?.Value ?? ''
}

/** Events written by the product's own repository, with no function around it; answers their ids. */
export async function writeDirectly(engine: string, tableName: string, count: number) {
  const credentials = { accessKeyId: 'any', secretAccessKey: 'any' }
  const client = documentClient({ endpoint: engine, region: 'us-east-1', credentials })
  const outbox = dynamoOutbox({ client, name: tableName })
  const ids: string[] = []
  await inRows(8, count, async () => {
    const event: AuditEvent = {
      id: randomBytes(16).toString('base64url'),
      time: epochSeconds(Math.floor(Date.now() / 1000)),
      activity: 'token-issued',
      client: trusted('machine'),
    }
    await untilItWorks(() => outbox.put(trusted('acme'), event))
    ids.push(event.id)
  })
  client.destroy()
  return ids
}
