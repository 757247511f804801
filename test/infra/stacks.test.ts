import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { assemble, type StackTemplate, synthesize } from './synthesis.ts'

const { data, audit, api, workers } = synthesize()
const templates = Object.entries({ data, audit, api, workers })

/** Warnings count too: a value that a schema does not know is no more than that to the CDK. */
function validate({ app }: ReturnType<typeof assemble>): unknown {
  vi.stubEnv('CDK_VALIDATION', 'true')
  vi.spyOn(console, 'error').mockReturnValue()
  const { directory } = app.synth()
  return JSON.parse(readFileSync(join(directory, 'validation-report.json'), 'utf8')).pluginReports
}

test('The templates satisfy the schemas of CloudFormation and the rules of the CDK', () => {
  expect(validate(assemble())).toEqual([])
})

test('A value that the schemas of CloudFormation do not know is reported', () => {
  const assembled = assemble()
  const table = assembled.stacks.data.node.findChild('Table')
  Reflect.set(table, 'billingMode', 'FREE')
  expect(JSON.stringify(validate(assembled))).toContain('BillingMode')
})

test.each(templates)('No stack has more than 300 resources: %s', (_, { Resources }) => {
  expect(Object.keys(Resources).length).toBeLessThanOrEqual(300)
})

test.each(templates)(
  'Stacks share values through parameters, not through exports: %s',
  (_, stack) => {
    const text = JSON.stringify(stack)
    expect(text).not.toContain('Fn::ImportValue')
    expect(Object.values(stack.Outputs).filter((output) => 'Export' in output)).toEqual([])
  },
)

test('What one stack publishes under /sallyport is what the others read, or the tools of the operator', () => {
  const forTools = ['/sallyport/signing-key-arn']
  const published = [...parametersWritten(data), ...parametersWritten(audit)]
  const read = new Set([...parametersRead(api), ...parametersRead(workers)])
  expect([...read, ...forTools].toSorted()).toEqual(published.toSorted())
  expect(parametersWritten(api)).toEqual(['/sallyport/issuer-origin'])
  expect([...parametersRead(data), ...parametersRead(audit)]).toEqual([])
})

test('The outputs name the issuer and how to reach the first tenant', () => {
  expect(Object.keys(api.Outputs).toSorted()).toEqual([
    'DistributionDomain',
    'FirstTenant',
    'IssuerOrigin',
  ])
})

const parametersWritten = ({ Resources }: StackTemplate): readonly string[] =>
  Object.values(Resources)
    .filter(({ Type }) => Type === 'AWS::SSM::Parameter')
    .map(({ Properties }) => String(Properties['Name']))
    .toSorted()

const parametersRead = ({ Parameters }: StackTemplate): readonly string[] =>
  Object.values(Parameters)
    .map((parameter) => String(parameter['Default']))
    .filter((name) => name.startsWith('/sallyport/'))
    .toSorted()
