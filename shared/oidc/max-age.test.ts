import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyText, parsesOrRefuses, thrownBy } from '../../test/support/refusals.ts'
import { parseMaxAge } from './max-age.ts'

test.each([
  [undefined, undefined],
  ['0', 0],
  ['3600', 3600],
  ['007', 7],
])('oidc core section 3.1.2.1: max_age %s is %s', (presented, value) => {
  expect(parseMaxAge(presented)).toBe(value)
})

test.each(['-1', '1.5', '1e3', '0x10', ' 1', '1\n', 'NaN', '\u0661', '', '1'.repeat(10)])(
  'oidc core section 3.1.2.6: %j is invalid_request',
  (presented) => {
    expect(thrownBy(() => parseMaxAge(presented))).toMatchObject({
      code: 'invalid_request',
      rule: 'oidc/max-age',
    })
  },
)

test('no text at all makes parsing throw anything but a refusal', () => {
  fc.assert(fc.property(anyText, (text) => parsesOrRefuses(() => parseMaxAge(text))))
})
