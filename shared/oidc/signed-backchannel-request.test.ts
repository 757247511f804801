import { expect, test } from 'vitest'
import { client, tenant } from '../../test/support/builders.ts'
import {
  backchannelRequestAlgorithms,
  mustSignBackchannelRequests,
} from './signed-backchannel-request.ts'

const { settings } = tenant()
const vault = tenant({ settings: { ...settings, profile: 'fapi2' } })
const ledger = tenant({ settings: { ...settings, profile: 'fapi1-advanced' } })
const signing = client({
  backchannelAuthentication: { deliveryMode: 'poll', requestSigningAlg: 'ES256' },
})

test('ciba core section 4: a client that has registered an algorithm signs, and with no other', () => {
  expect(mustSignBackchannelRequests(tenant(), signing)).toBe(true)
  expect(backchannelRequestAlgorithms(tenant(), signing)).toEqual(['ES256'])
  expect(mustSignBackchannelRequests(tenant(), client())).toBe(false)
})

test.each([
  ['fapi2', vault],
  ['fapi1-advanced', ledger],
])('fapi-ciba section 5.2.2: %s asks for signed requests, and never for RS256', (_, strict) => {
  expect(mustSignBackchannelRequests(strict, client())).toBe(true)
  expect(backchannelRequestAlgorithms(strict, client())).not.toContain('RS256')
})
