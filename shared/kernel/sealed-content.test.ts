import { expect, test } from 'vitest'
import { readVersioned, versioned } from './sealed-content.ts'

test('what is marked with a version is read again', () => {
  expect(readVersioned(versioned({ a: 1 }))).toMatchObject({ a: 1 })
})

test.each([undefined, null, '', 'text', 1, [], {}, { v: 2 }, { v: '1' }, { v: undefined }])(
  'any other version, or none, is nothing: %j',
  (opened) => {
    expect(readVersioned(opened)).toBeUndefined()
  },
)
