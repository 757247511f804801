import { expect, test } from 'vitest'
import { parseOptions } from './options.ts'

const local = { kind: 'either', url: 'http://localhost:9000' }

test('a query is asked of the local cloud of the default port, if there is one', () => {
  expect(parseOptions(['select 1'])).toEqual({
    place: local,
    question: { kind: 'query', sql: 'select 1', parameters: [] },
  })
})

test('texts after a query or the name of a saved one take the places of its ?', () => {
  expect(parseOptions(['select ?', 'a b'])).toMatchObject({ question: { parameters: ['a b'] } })
  expect(parseOptions(['--saved', 'consents', 'ada'])).toMatchObject({
    question: { kind: 'saved', name: 'consents', parameters: ['ada'] },
  })
})

test.each([
  [['--list'], local],
  [
    ['--list', '--url', 'http://localhost:8080/_local'],
    { kind: 'local', url: 'http://localhost:8080' },
  ],
  [['--list', '--aws'], { kind: 'deployed' }],
])('%j asks the lake that was named', (args, place) => {
  expect(parseOptions(args)).toEqual({ place, question: { kind: 'list' } })
})

test('--help wins', () => {
  expect(parseOptions(['--help', '--list', 'select 1'])).toBe('help')
})

test.each([
  [[], 'one query is to be asked'],
  [['--colour'], 'unknown flag'],
  [['--list', 'select 1'], '--list takes nothing else'],
  [['--list', '--saved', 'consents'], '--list takes nothing else'],
  [['select 1', '--url', 'nowhere'], '--url takes a URL'],
  [['select 1', '--url', 'http://localhost:1', '--aws'], 'two places'],
])('%j is refused', (args, reason) => {
  expect(() => parseOptions(args)).toThrow(reason)
})
