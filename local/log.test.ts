import { expect, test } from 'vitest'
import { createLog, type LogLine, levelOf, parseMessage, renderTrouble } from './log.ts'

const line = (message: string): LogLine => ({
  timestamp: '2026-01-01T00:00:00.000Z',
  level: 'INFO',
  function: 'f',
  message,
})

test('the log keeps the last lines only', () => {
  const seen: LogLine[] = []
  const log = createLog((each) => seen.push(each), 2)
  for (const message of ['a', 'b', 'c']) log.append(line(message))
  expect(log.lines().map((each) => each.message)).toEqual(['b', 'c'])
  expect(seen).toHaveLength(3)
})

test('what a structured logger printed is an object again, other text stays as it is', () => {
  expect(parseMessage('{"rule":"x"}')).toEqual({ rule: 'x' })
  expect(parseMessage('{not json')).toBe('{not json')
  expect(parseMessage('plain')).toBe('plain')
})

test('Lambda JSON logs: a structured line says its own level', () => {
  expect(levelOf({ level: 'error' }, 'INFO')).toBe('ERROR')
  expect(levelOf({ level: 'loud' }, 'INFO')).toBe('INFO')
  expect(levelOf('error', 'WARN')).toBe('WARN')
})

test('only trouble is shown at once, in one line', () => {
  expect(renderTrouble(line('fine'))).toBeUndefined()
  expect(renderTrouble({ ...line('bad'), level: 'FATAL' })).toBe('f: bad')
  expect(renderTrouble({ ...line(''), level: 'ERROR', message: { rule: 'x' } })).toBe(
    'f: {"rule":"x"}',
  )
})
