import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { tenant } from '../../../test/support/builders.ts'
import { anyText, parsesOrRefuses, thrownBy } from '../../../test/support/refusals.ts'
import {
  narrowResources,
  parseResources,
  scopesForResources,
  verifyUnambiguous,
} from './resource-indicator.ts'

const orders = 'https://orders.example/'
const stock = 'https://stock.example/'

const server = (identifier: string, ...scopes: string[]) => ({
  tenant: tenant().id,
  identifier,
  name: identifier,
  scopes,
})

describe('rfc8707 section 2: resource', () => {
  test('is an absolute URI', () => {
    expect(parseResources([orders, 'urn:example:stock'])).toEqual([orders, 'urn:example:stock'])
    expect(parseResources([])).toEqual([])
  })

  test.each([
    [['orders']],
    [['/orders']],
    [[orders, `${stock}#top`]],
    [[`https://${'x'.repeat(600)}.example`]],
    [Array.from({ length: 9 }, (_, at) => `${orders}${at}`)],
  ])('is invalid_target otherwise: %j', (presented) => {
    expect(thrownBy(() => parseResources(presented))).toMatchObject({
      code: 'invalid_target',
      rule: 'oauth/resource/shape',
    })
  })

  test('no text at all makes it throw anything but a refusal', () => {
    fc.assert(
      fc.property(fc.array(anyText), (texts) => parsesOrRefuses(() => parseResources(texts))),
    )
  })
})

test('rfc8707 section 2.2: a token request names some of what was authorized', () => {
  expect(narrowResources([], [orders, stock])).toEqual([orders, stock])
  expect(narrowResources([stock], [orders, stock])).toEqual([stock])
  for (const authorized of [[], [orders]]) {
    expect(thrownBy(() => narrowResources([stock], authorized))).toMatchObject({
      code: 'invalid_target',
      rule: 'oauth/resource/widened',
    })
  }
})

describe('rfc8707 section 2.2: the scopes of a token', () => {
  const scopes = ['openid', 'orders:read', 'stock:read']

  test.each([
    ['for the issuer: all', [], false, scopes],
    ['for a resource: its own', [server(orders, 'orders:read')], false, ['orders:read']],
    [
      'for a resource and the issuer: those of people too',
      [server(orders, 'orders:read')],
      true,
      ['openid', 'orders:read'],
    ],
    [
      'for two: of both',
      [server(orders, 'orders:read'), server(stock, 'stock:read')],
      false,
      ['orders:read', 'stock:read'],
    ],
    ['for a resource that lists none: all', [server(orders)], false, scopes],
  ])('%s', (_, resources, isForIssuer, expected) => {
    expect(scopesForResources(scopes, resources, isForIssuer)).toEqual(expected)
  })
})

describe('rfc9068 section 3 and 5: a token says clearly which resource each scope is for', () => {
  const [own, open] = [server(orders, 'orders:read'), server(stock)]

  test.each([
    ['one resource that declares none', [open], false, ['a', 'b']],
    ['the issuer alone', [], true, ['openid', 'profile']],
    ['each has its own', [own, server(stock, 'stock:read')], false, ['orders:read', 'stock:read']],
    ['one declares it, the other nothing', [own, open], false, ['orders:read', 'more']],
    ['the issuer takes those of people', [own, open], true, ['openid', 'orders:read']],
    ['no scope at all', [open, server('https://c.example/')], true, []],
  ])('%s', (_, resources, isForIssuer, scopes) => {
    expect(() => verifyUnambiguous(scopes, resources, isForIssuer)).not.toThrow()
  })

  test.each([
    ['both declare it', [own, server(stock, 'orders:read')], false, ['orders:read']],
    ['neither declares any', [open, server('https://c.example/')], false, ['more']],
    ['the issuer takes it too', [server(orders, 'profile')], true, ['profile']],
  ])('not where %s', (_, resources, isForIssuer, scopes) => {
    expect(thrownBy(() => verifyUnambiguous(scopes, resources, isForIssuer))).toMatchObject({
      code: 'invalid_target',
      rule: 'oauth/resource/ambiguous',
    })
  })
})
