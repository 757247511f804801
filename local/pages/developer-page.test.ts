import { expect, test } from 'vitest'
import { developerPage } from './developer-page.ts'
import type { DeveloperFacts } from './facts.ts'

const issuer = 'http://localhost:9000/demo'

const facts: DeveloperFacts = {
  origin: 'http://localhost:9000',
  dataDirectory: undefined,
  hasDemoApp: true,
  tenants: [
    {
      id: 'demo',
      displayName: 'Harbour <Works>',
      issuer,
      clientIds: ['demo-app'],
      users: [
        { userName: 'ada', displayName: 'Ada', isActive: true, password: 'open sesame' },
        { userName: 'bob', displayName: undefined, isActive: false, password: undefined },
      ],
    },
  ],
  mails: [
    { time: '2026-01-02T03:04:05.000Z', to: 'a@b.example', subject: '<b>Hi</b>', text: '1 < 2' },
  ],
  events: [
    { time: '2026-01-02T03:04:05.000Z', activity: 'sign-in', tenant: 'demo', details: ['ada'] },
  ],
  tallies: [{ from: 0, signIns: 1, failures: 0 }],
  functions: [
    {
      name: 'oauth2.token',
      memoryMiB: 512,
      instances: 1,
      coldStarts: 2,
      coldStartMilliseconds: 81.6,
      calls: 7,
      errors: 1,
      timeouts: 2,
    },
  ],
  metrics: [
    {
      metric: 'latency',
      dimensions: 'endpoint=oauth2.token',
      unit: 'Milliseconds',
      samples: 3,
      sum: 18,
      maximum: 9,
    },
  ],
  queues: [{ name: 'NoticesUndelivered', visible: 2, hidden: 0 }],
  faults: [
    {
      id: 'f1',
      fault: 'throttle',
      function: 'oauth2.token',
      service: 'kms',
      nth: 2,
      hits: 3,
      milliseconds: 1,
    },
  ],
  callers: [
    {
      name: 'oauth2.token',
      actions: [
        { action: 'kms:Sign', allowed: 3, denied: 0 },
        { action: 'kms:Decrypt', allowed: 0, denied: 1 },
      ],
    },
  ],
}

const textOf = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')

test('the page links the demo app and the discovery document', () => {
  const html = developerPage(facts)
  expect(html).toContain('href="/_local/app"')
  expect(html).toContain(`href="${issuer}/.well-known/openid-configuration"`)
  expect(developerPage({ ...facts, hasDemoApp: false })).not.toContain('href="/_local/app"')
})

test('the page shows tenants, users, mail, events, functions and AWS calls', () => {
  const text = textOf(developerPage(facts))
  for (const part of [
    'Ada ada password open sesame',
    'bob (inactive) bob',
    '03:04:05 UTC sign-in demo ada',
    'oauth2.token 7 3 2 82 ms 1 512 MiB',
    'kms:Sign × 3',
    'kms:Decrypt × 1',
    'throttle oauth2.token kms number 2 3 Clear',
  ]) {
    expect(text).toContain(part)
  }
})

test('a password that the page was not given has no place on it', () => {
  expect(textOf(developerPage(facts)).match(/password/g)).toHaveLength(1)
})

test('what people have typed is text, never markup', () => {
  const html = developerPage(facts)
  expect(html).toContain('Harbour &lt;Works&gt;')
  expect(html).toContain('&lt;b&gt;Hi&lt;/b&gt;')
  expect(html).toContain('1 &lt; 2')
})

test('the page has no script and no style of its own, as its policy demands', () => {
  expect(developerPage(facts)).not.toMatch(/<script|<style|style=| on[a-z]+=/)
})

test('where there is nothing to show, the page says so', () => {
  const empty = {
    tenants: [],
    mails: [],
    events: [],
    functions: [],
    callers: [],
    faults: [],
    metrics: [],
    queues: [],
  }
  const text = textOf(developerPage({ ...facts, ...empty, dataDirectory: '/data' }))
  for (const part of [
    'No mail yet',
    'Nothing has happened yet',
    'declares no tenant',
    '/data',
    'AWS answers',
  ]) {
    expect(text).toContain(part)
  }
})
