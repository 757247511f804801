import { z } from 'zod'

/** How often one action of one statement let its function through. */
export const usageSchema = z.array(
  z.object({
    caller: z.string(),
    statement: z.string(),
    action: z.string(),
    allowed: z.number(),
  }),
)

/** One decision of IAM. */
export const callsSchema = z.array(
  z.object({
    caller: z.string(),
    action: z.string(),
    resource: z.string(),
    allowed: z.boolean(),
  }),
)

type Usage = z.infer<typeof usageSchema>
type Calls = z.infer<typeof callsSchema>

/** Calls that a function made and its role refused, each kind once. */
export const refusals = (calls: Calls): readonly string[] => [
  ...new Set(
    calls
      .filter(({ allowed }) => !allowed)
      .map(({ caller, action, resource }) => `${caller}: ${action} on ${resource}`),
  ),
]

/** Actions that a healthy run cannot need, each with what would need it. */
const onlyInTrouble: Readonly<Record<string, string>> = {
  'sqs:SendMessage': 'the event source puts aside what could not be delivered for a whole day',
}

/** Logs are written by Lambda itself, which the local cloud does not call upon. */
const isNeverRecorded = (action: string): boolean =>
  action.startsWith('logs:') || action in onlyInTrouble

/** Actions of statements that no function ever needed. */
export const idleAllowances = (usage: Usage): readonly string[] =>
  usage
    .filter(({ action, allowed }) => allowed === 0 && !isNeverRecorded(action))
    .map(({ caller, statement, action }) => `${caller}: ${statement} allows ${action}`)
