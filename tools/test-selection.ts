/** What `npm test` runs: everything that is over within minutes. */
const everyday = [
  'unit',
  'infra',
  'contract',
  'features',
  'features-wrapped',
  'examples',
  'policy',
  'start',
]

/** What `npm run test:endurance` runs: the plans of the official suite, rotation under load, every fault, kills, and the search of all logs. */
const endurance = ['conformance', 'keys', 'faults', 'lake', 'logs']

const enduranceFlag = '--endurance'

/** Vitest's arguments: those given, and the projects of the command unless some are named. */
export function testArguments(given: readonly string[]): readonly string[] {
  const rest = given.filter((argument) => argument !== enduranceFlag)
  if (rest.some((argument) => argument.startsWith('--project'))) return rest
  const projects = given.includes(enduranceFlag) ? endurance : everyday
  return [...projects.flatMap((project) => ['--project', project]), ...rest]
}
