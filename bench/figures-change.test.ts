import { expect, test } from 'vitest'
import { figuresChange } from './figures-change.ts'

const figures = (bytes: number, calls: number) => ({
  writes_per_login: 5,
  calls: {
    kms: { login: calls, client_credentials: 3 },
    'kms-wrapped': { login: 30, client_credentials: 2 },
  },
  load: {
    'oauth2.token': { bundle_bytes: bytes, over_empty_ms: 50, first_request_ms: 60 },
  },
})

test('a change is told as a difference and in percent, and no change as none', () => {
  const rows = figuresChange(figures(1000, 40), figures(1100, 38))
  expect(rows).toContainEqual(['oauth2.token bundle_bytes', 1000, 1100, '+100 (+10.0 %)'])
  expect(rows).toContainEqual(['calls per login, kms', 40, 38, '-2 (-5.0 %)'])
  expect(rows).toContainEqual(['writes per login', 5, 5, 'none'])
})

test('a function that only one side has is new or gone', () => {
  const none = { ...figures(1, 1), load: {} }
  expect(figuresChange(none, figures(1, 1))[0]).toEqual(['oauth2.token bundle_bytes', '', 1, 'new'])
  expect(figuresChange(figures(1, 1), none)[0]).toEqual([
    'oauth2.token bundle_bytes',
    1,
    '',
    'gone',
  ])
})
