import fc from 'fast-check'
import { expect, test } from 'vitest'
import { trusted } from '#shared/kernel/ids.ts'
import type { BackchannelRequestId } from '#shared/oauth/polling/backchannel-request.ts'
import { clientId, sid, tenant, userId } from '../../test/support/builders.ts'
import { parseClientNotice, renderClientNotice } from './client-notice.ts'

const facts = { tenant: tenant().id, user: userId, client: clientId }
const logout = { kind: 'logout', ...facts, sid } as const
const request = trusted<BackchannelRequestId>('b'.repeat(22))
const ping = { kind: 'ping', ...facts, request } as const

test.each([logout, ping])('a notice comes out of the queue as it went in: $kind', (notice) => {
  expect(parseClientNotice(renderClientNotice(notice))).toEqual(notice)
})

test.each([
  '',
  'null',
  '[]',
  '7',
  '{}',
  '{"v":2}',
  renderClientNotice(logout).replace('"v":1', '"v":2'),
  renderClientNotice(logout).replace(/"sid":"[^"]*"/, '"sid":7'),
  renderClientNotice(logout).replace('"logout"', '"ping"'),
  renderClientNotice(ping).replace('"ping"', '"other"'),
])('what is no notice is none: %s', (body) => {
  expect(parseClientNotice(body)).toBeUndefined()
})

test('whatever lies in the queue, reading it never throws', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (body) => void parseClientNotice(body)))
})
