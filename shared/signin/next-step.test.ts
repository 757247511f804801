import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scopesAt } from '#shared/consent/consent.ts'
import { type SessionHash, trusted } from '#shared/kernel/ids.ts'
import {
  clientId,
  inSeconds,
  otherUserId,
  session,
  sessionHash,
  tenant,
  userId,
} from '../../test/support/builders.ts'
import type { Requirements } from './interaction.ts'
import { type Evidence, nextStep } from './next-step.ts'

const otherHash = trusted<SessionHash>('t'.repeat(43))

const orders = 'https://orders.example'

const consentTo = (...scopes: string[]) => ({
  tenant: tenant().id,
  user: userId,
  client: clientId,
  scopes,
  resourceScopes: scopesAt([orders], scopes),
  grantedAt: inSeconds(-1),
})

const step = (requirements: Requirements, evidence: Partial<Evidence> = {}) =>
  nextStep(requirements, {
    session: session(),
    consent: undefined,
    allowedBy: undefined,
    ...evidence,
  })

describe('to sign in comes first', () => {
  test.each<[string, Requirements, Partial<Evidence>]>([
    ['without a session', {}, { session: undefined }],
    ['when the session is of another user', { subject: otherUserId }, {}],
    ['when the authentication is too old', { authenticatedSince: inSeconds(-999) }, {}],
    ['when the session is the one that does not count', { otherThan: sessionHash }, {}],
    ['when none of the lists of methods is complete', { methods: [['hwk'], ['pwd', 'otp']] }, {}],
    [
      'although consent is there',
      { subject: otherUserId, consent: { scopes: ['a'], again: false } },
      { consent: consentTo('a'), allowedBy: sessionHash },
    ],
  ])('%s', (_, requirements, evidence) => {
    expect(step(requirements, evidence)).toBe('sign-in')
  })

  test.each<[string, Requirements]>([
    ['nothing is required', {}],
    ['the user is the one', { subject: userId }],
    ['the authentication is just recent enough', { authenticatedSince: inSeconds(-1000) }],
    ['the session is a new one', { otherThan: otherHash }],
    ['one of the lists of methods is complete', { methods: [['hwk'], ['pwd']] }],
  ])('and is over when %s', (_, requirements) => {
    expect(step(requirements)).toBe('return')
  })
})

describe('oidc core section 3.1.2.4: consent comes next', () => {
  const once: Requirements = { consent: { scopes: ['a', 'b'], again: false } }
  const again: Requirements = { consent: { scopes: ['a', 'b'], again: true } }
  const at = (resource: string): Requirements => ({
    consent: { scopes: ['a', 'b'], services: [{ resource, name: 'a service' }], again: false },
  })

  test.each<[string, Requirements, Partial<Evidence>]>([
    ['without any', once, {}],
    ['when one scope is new', once, { consent: consentTo('a', 'c') }],
    ['when it is asked for again', again, { consent: consentTo('a', 'b') }],
    ['when one service is new', at('https://stock.example'), { consent: consentTo('a', 'b') }],
    [
      'rfc8707 section 2.1: when the service is known, and the scope at another one',
      at(orders),
      { consent: { ...consentTo('a', 'b'), resourceScopes: scopesAt([orders], ['a']) } },
    ],
    ['when another session has allowed it', again, { allowedBy: otherHash }],
    ['when it is asked for again, and for no scope', { consent: { scopes: [], again: true } }, {}],
  ])('%s', (_, requirements, evidence) => {
    expect(step(requirements, evidence)).toBe('consent')
  })

  test.each<[string, Requirements, Partial<Evidence>]>([
    ['it is remembered', once, { consent: consentTo('c', 'b', 'a') }],
    ['it is remembered for the service', at(orders), { consent: consentTo('a', 'b') }],
    ['this session has just allowed it', once, { allowedBy: sessionHash }],
    ['this session has just allowed it again', again, { allowedBy: sessionHash }],
  ])('and is over when %s', (_, requirements, evidence) => {
    expect(step(requirements, evidence)).toBe('return')
  })
})

test('whatever is required, only a session that meets it returns', () => {
  const requirements = fc.record(
    {
      authenticatedSince: fc.integer({ min: -2000, max: 10 }).map(inSeconds),
      otherThan: fc.constantFrom(sessionHash, otherHash),
      subject: fc.constantFrom(userId, otherUserId),
      consent: fc.record({
        scopes: fc.subarray(['a', 'b'], { minLength: 1 }),
        again: fc.boolean(),
      }),
    },
    { requiredKeys: [] },
  )
  const evidence = fc.record({
    session: fc.constantFrom(undefined, session()),
    consent: fc.constantFrom(undefined, consentTo('a'), consentTo('a', 'b')),
    allowedBy: fc.constantFrom(undefined, sessionHash, otherHash),
  })
  fc.assert(
    fc.property(requirements, evidence, (required, found) => {
      fc.pre(nextStep(required, found) === 'return')
      expect(found.session).toBeDefined()
      expect(required.otherThan).not.toBe(found.session?.secretHash)
      expect(required.subject ?? userId).toBe(found.session?.user)
      expect(required.authenticatedSince ?? 0).toBeLessThanOrEqual(found.session?.authTime ?? 0)
      if (required.consent?.again) expect(found.allowedBy).toBe(found.session?.secretHash)
    }),
    { numRuns: 1000 },
  )
})
