import { expect, test } from 'vitest'
import type { Flow } from './support/flow.ts'
import { findingOf, type Happened } from './support/judgement.ts'
import type { Misfortune, Trial } from './support/trial.ts'
import type { Answer } from './support/viewer.ts'

const redemption: Flow = {
  name: 'code redemption',
  endpoint: 'oauth2.token',
  prepare: () => Promise.reject(new Error('nothing is asked here')),
  succeeds: ({ status }) => status === 200,
  commits: 'code-redeemed',
  replayed: 'code-replayed',
  isPage: false,
}
const forGood: Misfortune = { title: 'for good', faults: [] }
const transient: Misfortune = { ...forGood, isTransient: true }
const killed: Misfortune = { ...forGood, kills: true }

const answer = (status: number, body: object, more: Record<string, string> = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/json', ...more },
  body: JSON.stringify(body),
})
const success = answer(200, {})
const busy = { error: 'temporarily_unavailable' }
const promised = answer(503, busy, { 'retry-after': '1' })
const doubtful = answer(503, busy)
const gone = answer(500, { message: 'Internal Server Error' })
const replayed = answer(400, { error: 'invalid_grant' })

const none: readonly string[] = []
const redeemed = ['code-redeemed']
const revoked = ['code-replayed']

function judge(misfortune: Misfortune, first: Answer, second: Answer, happened: Happened) {
  const trial: Trial = {
    answer: first,
    repeated: second,
    address: '127.1.0.1',
    repeatedFrom: '127.1.0.2',
    proved: true,
  }
  return findingOf(redemption, misfortune, trial, happened)
}

test.each<[string, Misfortune, Answer, Answer, Happened]>([
  ['a success', transient, success, replayed, { first: redeemed, second: revoked }],
  ['a promise kept', forGood, promised, success, { first: none, second: redeemed }],
  ['a lost answer', forGood, doubtful, replayed, { first: redeemed, second: revoked }],
  ['a lost request', forGood, doubtful, success, { first: none, second: redeemed }],
  ['a killed instance', killed, gone, success, { first: none, second: redeemed }],
])('%s is as it should be', (_, misfortune, first, second, happened) => {
  expect(judge(misfortune, first, second, happened)).toBeUndefined()
})

test.each<[string, Misfortune, Answer, Answer, Happened]>([
  ['a 500', forGood, gone, success, { first: none, second: redeemed }],
  ['a 500 of ours', killed, answer(500, busy), success, { first: none, second: redeemed }],
  ['a transient fault that shows', transient, promised, success, { first: none, second: redeemed }],
  ['a promise after a commit', forGood, promised, replayed, { first: redeemed, second: revoked }],
  ['a success without an event', forGood, success, replayed, { first: none, second: revoked }],
  ['a doubled event', forGood, doubtful, success, { first: redeemed, second: redeemed }],
  ['an innocent revoked', forGood, doubtful, replayed, { first: none, second: revoked }],
  [
    'a page for a client',
    forGood,
    { ...doubtful, headers: {} },
    success,
    { first: none, second: [] },
  ],
])('%s is found', (_, misfortune, first, second, happened) => {
  expect(judge(misfortune, first, second, happened)).toEqual(expect.any(String))
})
