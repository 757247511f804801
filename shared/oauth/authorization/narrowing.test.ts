import fc from 'fast-check'
import { expect, test } from 'vitest'
import { client, tenant } from '../../../test/support/builders.ts'
import { anyForm, parsesOrRefuses } from '../../../test/support/refusals.ts'
import { parseNarrowing, readNarrowing } from './narrowing.ts'

const by = { tenant: tenant(), client: client() }

test('rfc8707 section 2.2: a token request names resources, each once', () => {
  const form = new URLSearchParams(
    'resource=https://a.example&resource=&resource=https://a.example',
  )
  expect(readNarrowing(form)).toEqual({
    resources: ['https://a.example'],
    authorizationDetails: undefined,
  })
})

test('a token request that names nothing narrows nothing', () => {
  expect(readNarrowing(new URLSearchParams('resource=&authorization_details='))).toBeUndefined()
})

test('no form at all makes it throw anything but a refusal', () => {
  const form = anyForm({
    resource: ['https://a.example', '#'],
    authorization_details: ['[{"type":"payment"}]', '['],
  })
  fc.assert(
    fc.property(form, (fields) => {
      parsesOrRefuses(() => {
        const presented = readNarrowing(fields)
        if (presented !== undefined) parseNarrowing(presented, by)
      })
    }),
  )
})
