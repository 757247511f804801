import { expect, test } from 'vitest'
import { type StackTemplate, synthesize } from './synthesis.ts'

/** The id of a version holds a hash of what it publishes, so that every change makes a new one. */
const hashed = ['AWS::Lambda::Version']

const idsOf = ({ Resources }: StackTemplate) =>
  Object.fromEntries(
    Object.entries(Resources)
      .filter(([, { Type }]) => !hashed.includes(Type))
      .map(([id, { Type }]): [string, string] => [id, Type])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )

test('Logical ids stay: a changed one replaces its resource (accept with `vitest run --project infra -u`)', async () => {
  const { data, audit, api, workers } = synthesize()
  const ids = {
    'Sallyport-Api': idsOf(api),
    'Sallyport-Audit': idsOf(audit),
    'Sallyport-Data': idsOf(data),
    'Sallyport-Workers': idsOf(workers),
  }
  await expect(`${JSON.stringify(ids, null, 2)}\n`).toMatchFileSnapshot('logical-ids.json')
})
