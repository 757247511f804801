import { randomUUID } from 'node:crypto'
import type { Functions } from './lambda.ts'
import type { Outcome } from './lambda-instance.ts'
import { periodOf } from './schedule-expression.ts'
import type { LocalSchedule, LocalSystem } from './template.ts'

/** The template's EventBridge rules that call functions at fixed times. */
export interface Schedules {
  /** Fires a rule now, by its name or the name of a function that it calls, whether it is enabled or not. */
  fire(name: string): Promise<readonly Outcome[]>
  close(): void
}

export interface SchedulesOptions {
  readonly system: Pick<LocalSystem, 'schedules' | 'region' | 'accountId'>
  readonly functions: Pick<Functions, 'invoke'>
}

/** @see https://docs.aws.amazon.com/eventbridge/latest/ref/events-structure.html */
const scheduledEvent = (
  { region, accountId }: SchedulesOptions['system'],
  { arn }: LocalSchedule,
) => ({
  version: '0',
  id: randomUUID(),
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account: accountId,
  time: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
  region,
  resources: [arn],
  detail: {},
})

/** Starts the clocks of the enabled rules: the first time comes after one period, as on AWS. */
export function startSchedules({ system, functions }: SchedulesOptions): Schedules {
  const run = (schedule: LocalSchedule): Promise<readonly Outcome[]> =>
    Promise.all(
      schedule.targets.map(({ functionName, input }) =>
        functions.invoke(
          functionName,
          input === undefined ? scheduledEvent(system, schedule) : JSON.parse(input),
        ),
      ),
    )
  const timers = system.schedules
    .filter(({ isEnabled }) => isEnabled)
    .map((schedule) => setInterval(() => void run(schedule), periodOf(schedule.expression)).unref())
  return {
    async fire(name) {
      const found = system.schedules.filter(
        (each) => each.name === name || each.targets.some((target) => target.functionName === name),
      )
      if (found.length === 0) throw new Error(`no rule is named ${name}, and none calls it`)
      return (await Promise.all(found.map(run))).flat()
    },
    close() {
      for (const timer of timers) clearInterval(timer)
    },
  }
}
