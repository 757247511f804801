import { describe, expect, test } from 'vitest'
import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import { type Actor, actorChain, verifyChainLength, verifyMayAct } from './actor.ts'

test('rfc8693 section 4.1: the newest actor stands outside, and those before it inside', () => {
  expect(actorChain({ sub: 'b' }, { sub: 'a' })).toEqual({ sub: 'b', act: { sub: 'a' } })
  expect(actorChain(undefined, { sub: 'a' })).toEqual({ sub: 'a' })
  expect(actorChain({ sub: 'b' }, undefined)).toEqual({ sub: 'b' })
})

test('a chain does not grow without end', () => {
  const chain = (length: number): Actor | undefined =>
    length === 0 ? undefined : { sub: 'x', ...withoutAbsent({ act: chain(length - 1) }) }
  expect(() => verifyChainLength(chain(5))).not.toThrow()
  expect(() => verifyChainLength(chain(6))).toThrow()
})

describe('rfc8693 section 4.4: who may act', () => {
  const issuer = 'https://id.example/acme'
  const verify = (may_act: unknown, actor?: Parameters<typeof verifyMayAct>[1]) => () =>
    verifyMayAct({ may_act }, actor, issuer)

  test('is whom the subject names', () => {
    expect(verify({ sub: 'a' }, { sub: 'a' })).not.toThrow()
    expect(verify({ sub: 'a', iss: issuer }, { sub: 'a' })).not.toThrow()
    expect(verify(undefined, { sub: 'b' })).not.toThrow()
  })

  test.each([
    ['another subject', { sub: 'a' }, { sub: 'b' }],
    ['another issuer', { sub: 'a', iss: 'https://else.example' }, { sub: 'a' }],
    ['a claim that nobody has', { sub: 'a', email: 'a@example.com' }, { sub: 'a' }],
    ['nobody', { sub: 'a' }, undefined],
    ['no object', 'a', { sub: 'a' }],
    ['no subject', { iss: issuer }, { sub: 'a' }],
  ])('is not %s', (_, mayAct, actor) => {
    expect(verify(mayAct, actor)).toThrow(expect.objectContaining({ code: 'invalid_request' }))
  })
})
