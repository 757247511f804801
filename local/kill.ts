import { z } from 'zod'
import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import type { AwsEndpoint } from './aws-endpoint.ts'
import type { Functions } from './lambda.ts'
import type { Triggers } from './triggers.ts'

export interface Killable {
  readonly aws: Pick<AwsEndpoint, 'killDelivery'>
  readonly functions: Pick<Functions, 'kill'>
  readonly triggers: Pick<Triggers, 'killReaders'>
}

const selection = z.strictObject({
  what: z.enum(['instances', 'stream-reader', 'delivery']).default('instances'),
  function: z.string().optional(),
  trace: z.string().optional(),
})

/** Kills, as an accident would, instances of functions, the readers of the stream, or the delivery to S3. */
export const createKill =
  ({ aws, functions, triggers }: Killable) =>
  async (input: unknown): Promise<{ readonly killed: number }> => {
    const { what, ...instances } = selection.parse(input)
    if (what === 'stream-reader') return { killed: await triggers.killReaders() }
    if (what === 'delivery') return { killed: aws.killDelivery() }
    return { killed: await functions.kill(withoutAbsent(instances)) }
  }
