import { expect, test } from 'vitest'
import { parseCode } from './code.ts'
import { findCycle, forbiddenImports, overloadedEntries } from './imports.ts'
import { mayUseArea } from './layers.ts'

test('the graph of areas has no cycle', () => {
  expect(findCycle(mayUseArea)).toBeUndefined()
})

test.each([
  ['a rule that imports a flow', 'shared/oauth/x.ts', './flows/y.ts'],
  ['a rule that imports a port', 'shared/oauth/x.ts', '#shared/ports/clock.ts'],
  ['a flow that imports an adapter', 'shared/oauth/flows/x.ts', '#shared/store/keys.ts'],
  ['a kernel that imports an area', 'shared/kernel/x.ts', '#shared/oauth/authorization/scope.ts'],
  ['sign-in that knows a protocol', 'shared/signin/x.ts', '#shared/oauth/authorization/scope.ts'],
  ['a flow that imports the SDK', 'shared/oauth/flows/x.ts', '@aws-sdk/client-kms'],
  ['an entry that imports the store', 'functions/oauth2/x.ts', '#shared/store/keys.ts'],
  ['infra that imports an entry', 'infra/x.ts', '../functions/oauth2/token.ts'],
  ['a local cloud that imports infra', 'local/x.ts', '#infra/endpoints.ts'],
])('%s is refused', (_, path, specifier) => {
  expect(forbiddenImports(parseCode({ [path]: `import '${specifier}'` }))).toHaveLength(1)
})

test('an entry with two flows is refused', () => {
  const flow = (name: string) => `import '#shared/oauth/flows/${name}.ts'\n`
  const entries = parseCode({
    'functions/a/two.ts': flow('x') + flow('y'),
    'functions/a/none.ts': '1',
  })
  expect(overloadedEntries(entries)).toEqual(['functions/a/two.ts imports 2 flows'])
})

test('a cycle is found, however long', () => {
  expect(findCycle({ a: ['b'], b: ['c'], c: ['b'] })).toEqual(['b', 'c', 'b'])
})
