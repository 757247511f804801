import { expect, test } from 'vitest'
import { withoutAbsent } from './without-absent.ts'

test('absent members are left out, and no others', () => {
  expect(withoutAbsent({ a: undefined, b: 0, c: '', d: false, e: null })).toStrictEqual({
    b: 0,
    c: '',
    d: false,
    e: null,
  })
})
