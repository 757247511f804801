import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clientId, sid, tenant, userId } from '../../test/support/builders.ts'
import { parseLogoutNotice, renderLogoutNotice } from './logout-notice.ts'

const notice = { tenant: tenant().id, user: userId, sid, client: clientId }

test('a notice comes out of the queue as it went in', () => {
  expect(parseLogoutNotice(renderLogoutNotice(notice))).toEqual(notice)
})

test.each([
  '',
  'null',
  '[]',
  '7',
  '{}',
  '{"v":2}',
  renderLogoutNotice(notice).replace('"v":1', '"v":2'),
  renderLogoutNotice(notice).replace(/"sid":"[^"]*"/, '"sid":7'),
])('what is no notice is none: %s', (body) => {
  expect(parseLogoutNotice(body)).toBeUndefined()
})

test('whatever lies in the queue, reading it never throws', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (body) => void parseLogoutNotice(body)))
})
