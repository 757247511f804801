import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { callback } from '../../../test/support/builders.ts'
import { anyForm, parsesOrRefuses, thrownBy } from '../../../test/support/refusals.ts'
import { parsePushingRequest } from './pushed-request.ts'

const parse = (text: string) => parsePushingRequest(new URLSearchParams(text), {}, '203.0.113.9')

const good = 'client_id=web&client_secret=s&response_type=code'

describe('rfc9126 section 2.1: a pushed request', () => {
  test('is kept without what its client authenticates by', () => {
    const { request, client } = parse(`${good}&state=a%20b&client_assertion=`)
    expect(request).toBe('client_id=web&response_type=code&state=a+b')
    expect(client).toMatchObject({ method: 'client_secret_post', id: 'web' })
  })

  test('names its client, even where that stood in the header alone', () => {
    const authorization = `Basic ${Buffer.from('web:s').toString('base64')}`
    const form = new URLSearchParams('response_type=code')
    const { request } = parsePushingRequest(form, { authorization }, '203.0.113.9')
    expect(new URLSearchParams(request).get('client_id')).toBe('web')
  })

  test('rfc8707 section 2.1: may name several resources', () => {
    const { sent } = parse(`${good}&resource=https://a.example&resource=https://b.example`)
    expect(sent.resources).toEqual(['https://a.example', 'https://b.example'])
  })

  test.each([
    ['oauth/par/request-uri', `${good}&request_uri=urn:x`],
    ['oauth/par/repeated-parameter', `${good}&state=a&state=b`],
    ['oauth/par/length', `${good}&state=${'s'.repeat(16_400)}`],
  ])('%s', (rule, text) => {
    expect(thrownBy(() => parse(text))).toMatchObject({ code: 'invalid_request', rule })
  })

  test('no form at all makes it throw anything but a refusal', () => {
    const form = anyForm({
      client_id: ['web'],
      client_secret: ['secret'],
      client_assertion: ['a.b.c'],
      redirect_uri: [callback],
      request: ['e30.e30.'],
      resource: ['https://a.example'],
    })
    fc.assert(
      fc.property(form, fc.option(fc.string()), (fields, authorization) => {
        parsesOrRefuses(() => {
          const headers = authorization === null ? {} : { authorization }
          const { request } = parsePushingRequest(fields, headers, '203.0.113.9')
          for (const name of ['client_secret', 'client_assertion', 'client_assertion_type']) {
            expect(new URLSearchParams(request).has(name)).toBe(false)
          }
        })
      }),
    )
  })
})
