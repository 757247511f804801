import { describe, expect, test } from 'vitest'
import { type ClientId, trusted } from '#shared/kernel/ids.ts'
import { epochSeconds } from '#shared/kernel/time.ts'
import { client, tenant } from '../../../test/support/builders.ts'
import { isOfOperator, isStranger } from './client-origin.ts'

const registration = { tokenHash: 'h', issuedAt: epochSeconds(0) }
const registered = client({ dynamicRegistration: registration })
const invited = client({ dynamicRegistration: { ...registration, policy: {} } })
const documented = client({ id: trusted<ClientId>('https://app.example/client') })

const taking = (...documentHosts: readonly string[]) => ({
  settings: { ...tenant().settings, selfRegistration: { documentHosts } },
})

describe('rfc7591 section 5: who answers for a client', () => {
  test('the operator, for one of the configuration alone', () => {
    expect([client(), registered, invited, documented].map(isOfOperator)).toEqual([
      true,
      false,
      false,
      false,
    ])
  })

  test('nobody, for one that registered where anybody may', () => {
    expect(isStranger(tenant(), registered)).toBe(true)
    expect(isStranger(tenant(), client())).toBe(false)
  })

  test('who was handed an initial access token, for one that brought it', () => {
    expect(isStranger(tenant(), invited)).toBe(false)
  })

  test.each([
    ['app.example', false],
    ['*.app.example', true],
    ['*', true],
  ])('a document on a host that the operator lets in by %s', (pattern, expected) => {
    expect(isStranger(taking(pattern), documented)).toBe(expected)
  })
})
