import { expect, test } from 'vitest'
import { tenant } from '../../test/support/builders.ts'
import { httpEvent } from '../../test/support/http-events.ts'
import { readRequest } from './http-request.ts'
import { withInteractionId } from './interaction-id.ts'

const own = 'c770aef3-6784-41f7-8e0e-ff5f97bddb3a'
const strict = tenant({ settings: { ...tenant().settings, profile: 'fapi1-advanced' } })

const idFor = (presented?: string, at = strict) => {
  const headers = presented === undefined ? {} : { 'x-fapi-interaction-id': presented }
  const scene = { request: readRequest(httpEvent({ headers })), tenant: at }
  return withInteractionId({ status: 200, headers: {} }, scene).headers['x-fapi-interaction-id']
}

test('fapi1 baseline section 6.2.1: clause 11: the id of the app comes back', () => {
  expect(idFor(own)).toBe(own)
})

test.each([undefined, '', 'x', `${own}\n`, `${own},${own}`])(
  'fapi1 baseline section 6.2.1: clause 11: a UUID of ours stands for %j',
  (presented) => {
    const id = idFor(presented)
    expect(id).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/)
    expect(id).not.toBe(own)
  },
)

test('no other profile asks for one', () => {
  expect(idFor(own, tenant())).toBeUndefined()
})
