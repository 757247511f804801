import { expect, test } from 'vitest'
import { keyText, plainItem } from './dynamodb-values.ts'

test('DynamoDB values: every type has a plain value, and no number loses digits', () => {
  const item = {
    text: { S: 'a' },
    number: { N: '1.5' },
    long: { N: '12345678901234567890' },
    flag: { BOOL: false },
    nothing: { NULL: true },
    map: { M: { inner: { L: [{ S: 'x' }, { M: { deep: { N: '1' } } }] } } },
    set: { SS: ['a', 'b'] },
  }
  expect(plainItem(item)).toEqual({
    text: 'a',
    number: 1.5,
    long: '12345678901234567890',
    flag: false,
    nothing: null,
    map: { inner: ['x', { deep: 1 }] },
    set: ['a', 'b'],
  })
})

test('DynamoDB values: a key is the same text whatever its type', () => {
  expect(keyText({ S: 'a' })).toBe('a')
  expect(keyText({ N: '1' })).toBe('1')
  expect(keyText({ BOOL: true })).toBeUndefined()
  expect(keyText(undefined)).toBeUndefined()
})
