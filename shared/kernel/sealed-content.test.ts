import { expect, test } from 'vitest'
import { readVersioned, sealedUse, versioned } from './sealed-content.ts'

test('what is marked with a version is read again', () => {
  expect(readVersioned(versioned({ a: 1 }))).toMatchObject({ a: 1 })
})

test.each([undefined, null, '', 'text', 1, [], {}, { v: 2 }, { v: '1' }, { v: undefined }])(
  'any other version, or none, is nothing: %j',
  (opened) => {
    expect(readVersioned(opened)).toBeUndefined()
  },
)

test('what is marked for one use is nothing to another', () => {
  const line = sealedUse<{ user: string }>('line')
  const other = sealedUse<{ user: string }>('other')
  expect(line.read(line.mark({ user: 'u' }))).toMatchObject({ user: 'u' })
  expect(other.read(line.mark({ user: 'u' }))).toBeUndefined()
  expect(line.read({ ...line.mark({ user: 'u' }), v: 2 })).toBeUndefined()
  expect(line.read(undefined)).toBeUndefined()
})

test('what was sealed before uses had names is still read', () => {
  expect(sealedUse('line').read(versioned({ user: 'u' }))).toMatchObject({ user: 'u' })
})
