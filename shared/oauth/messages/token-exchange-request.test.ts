import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyText, parsesOrRefuses } from '../../../test/support/refusals.ts'
import { parseTokenRequest } from './token-request.ts'

const types = 'urn:ietf:params:oauth:token-type'
const good: readonly [string, string][] = [
  ['client_id', 'api'],
  ['grant_type', 'urn:ietf:params:oauth:grant-type:token-exchange'],
  ['subject_token', 's'],
  ['subject_token_type', `${types}:access_token`],
]

const parse = (...more: readonly [string, string][]) =>
  parseTokenRequest(new URLSearchParams([...good, ...more]), {}, '203.0.113.9')

describe('rfc8693 section 2.1: the request of an exchange', () => {
  test('names audiences, each once', () => {
    const a: [string, string] = ['audience', 'a']
    const b: [string, string] = ['audience', 'b']
    expect(parse(a, b, a)).toMatchObject({ audiences: ['a', 'b'], actor: undefined })
  })

  test('repeats nothing else', () => {
    expect(() => parse(['subject_token', 't'])).toThrow(
      expect.objectContaining({ rule: 'oauth/token/repeated-parameter' }),
    )
  })

  test('rfc6749 section 3.2: of other grants audience may not be there twice', () => {
    const twice = 'client_id=api&grant_type=client_credentials&audience=a&audience=b'
    const read = () => parseTokenRequest(new URLSearchParams(twice), {}, '203.0.113.9')
    expect(read).toThrow(expect.objectContaining({ rule: 'oauth/token/repeated-parameter' }))
  })

  test('names eight audiences at most', () => {
    const many = Array.from({ length: 9 }, (_, at): [string, string] => ['audience', `${at}`])
    expect(() => parse(...many)).toThrow(expect.objectContaining({ code: 'invalid_request' }))
  })

  test('parses or is refused, whatever is sent', () => {
    const names = ['subject_token_type', 'actor_token', 'actor_token_type', 'audience', 'scope']
    const name = fc.constantFrom(...names, 'requested_token_type', 'resource')
    const pairs = fc.array(fc.tuple(name, anyText), { maxLength: 6 })
    fc.assert(fc.property(pairs, (more) => parsesOrRefuses(() => parse(...more))))
  })
})
