import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyText, parsesOrRefuses, thrownBy } from '../../../test/support/refusals.ts'
import { parseManagementRequest, parseRegistrationRequest } from './registration-request.ts'

const address = '203.0.113.9'
const body = { redirect_uris: [] }

test('rfc7591 section 3.1: metadata, a statement among them, and an initial access token', () => {
  const request = parseRegistrationRequest(
    { ...body, software_statement: 'a.b.c' },
    'Bearer t',
    address,
  )
  expect(request).toMatchObject({ statement: 'a.b.c', address, metadata: body })
  expect(request.initialAccessToken?.reveal()).toBe('t')
  expect(parseRegistrationRequest(body, undefined, address).initialAccessToken).toBeUndefined()
})

test.each([['Basic dDp0'], ['Bearer'], ['Bearer a b'], [''], ['Bearer "x"']])(
  'rfc7591 section 3: an Authorization of %j is no token',
  (authorization) => {
    expect(thrownBy(() => parseRegistrationRequest(body, authorization, address))).toMatchObject({
      code: 'invalid_token',
      status: 401,
    })
  },
)

test.each([[7], [{}], ['x'.repeat(16_385)]])(
  'rfc7591 section 2.3: %j is no software statement',
  (software_statement) => {
    expect(
      thrownBy(() => parseRegistrationRequest({ software_statement }, undefined, address)),
    ).toMatchObject({ code: 'invalid_client_metadata' })
  },
)

describe('rfc7592 section 2', () => {
  const headers = { id: 'client-1', authorization: 'Bearer t', address }
  const never = () => {
    throw new Error('the body is not read')
  }

  test.each([
    ['GET', 'read'],
    ['DELETE', 'remove'],
  ])('rfc7592 section 2: %s has no body', (method, kind) => {
    expect(parseManagementRequest({ ...headers, method }, never)).toMatchObject({
      id: 'client-1',
      action: { kind },
    })
  })

  test('rfc7592 section 2.2: PUT has one', () => {
    const request = parseManagementRequest({ ...headers, method: 'PUT' }, () => body)
    expect(request.action).toEqual({ kind: 'update', metadata: body, statement: undefined })
  })

  test('rfc7592 section 2: without a token nothing else is looked at', () => {
    const stranger = { ...headers, method: 'PUT', authorization: undefined }
    expect(thrownBy(() => parseManagementRequest(stranger, never))).toMatchObject({ status: 401 })
  })
})

test('whatever is sent is read or refused', () => {
  const sent = fc.tuple(fc.jsonValue(), fc.option(anyText, { nil: undefined }), anyText)
  fc.assert(
    fc.property(sent, ([json, authorization, id]) => {
      parsesOrRefuses(() => parseRegistrationRequest(json, authorization, address))
      const headers = { method: 'PUT', id, authorization, address }
      parsesOrRefuses(() => parseManagementRequest(headers, () => json))
    }),
  )
})
