import fc from 'fast-check'
import { expect, test } from 'vitest'
import { defineError, ProtocolError } from './protocol-error.ts'

const refused = defineError({ code: 'invalid_request', status: 400, spec: 'rfc6749#section-5.2' })

test('a refusal keeps apart what the caller and what the log may know', () => {
  const cause = new Error('private')
  const error = refused('some/rule', 'the caller may read this', cause)
  expect(error).toBeInstanceOf(ProtocolError)
  expect(error).toMatchObject({
    code: 'invalid_request',
    status: 400,
    spec: 'rfc6749#section-5.2',
    rule: 'some/rule',
    message: 'the caller may read this',
    cause,
  })
  expect(error.message).not.toContain('rule')
})

test.each(['say "no"', 'back\\slash', 'line\nbreak', 'naïve', 'nul\u0000', ''])(
  'rfc6749 section 5.2: error_description must not hold other characters: %j',
  (description) => {
    expect(() => refused('some/rule', description)).toThrow(TypeError)
  },
)

test('rfc6749 section 5.2: error_description holds exactly %x20-21 / %x23-5B / %x5D-7E', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0x2ff }), (code) => {
      const isAllowed = code >= 0x20 && code <= 0x7e && code !== 0x22 && code !== 0x5c
      const make = () => refused('some/rule', String.fromCharCode(code))
      if (isAllowed) expect(make).not.toThrow()
      else expect(make).toThrow(TypeError)
    }),
  )
})
