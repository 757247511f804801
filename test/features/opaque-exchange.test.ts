import { describe, expect, test } from 'vitest'
import { ExchangeParty } from '../support/exchange-party.ts'
import { claimsOf } from '../support/relying-party.ts'
import { revoke } from '../support/token-inquiry.ts'

const [ledger, orders] = ['https://ledger.example/', 'https://orders.example/']
const party = new ExchangeParty()
const refused = { status: 400, body: { error: 'invalid_request' } }

describe('rfc8693 section 3: an opaque access token is exchanged as a JWT is', () => {
  test('for a JWT of the next API, which learns who acts', async () => {
    const { accessToken } = await party.signedIn(ledger)
    expect(() => claimsOf(accessToken)).toThrow()
    const { status, body } = await party.exchange('gateway', accessToken, { resource: orders })
    expect({ status, body }).toMatchObject({ status: 200, body: { scope: 'orders:read' } })
    const after = claimsOf(body['access_token'])
    expect(after).toMatchObject({
      aud: orders,
      client_id: 'gateway',
      act: { sub: 'gateway' },
    })
    const { body: before } = await party.introspect('gateway', accessToken)
    expect(before).toMatchObject({ active: true, sub: after['sub'] })
    expect(Number(after['exp'])).toBeLessThanOrEqual(Number(before['exp']))
  })

  test('for an opaque one, of which introspection says who acts', async () => {
    const { accessToken } = await party.signedIn(ledger)
    const { body } = await party.exchange('gateway', accessToken, { resource: ledger })
    expect(body['access_token']).not.toBe(accessToken)
    const { body: said } = await party.introspect('gateway', body['access_token'])
    expect(said).toMatchObject({ active: true, aud: ledger, act: { sub: 'gateway' } })
  })

  test('not by somebody whom it is not for, nor spoilt, nor once its line is revoked', async () => {
    const own = new ExchangeParty()
    const { accessToken, refreshToken } = await own.signedIn(ledger)
    expect(await own.exchange('partner', accessToken)).toMatchObject(refused)
    const spoilt = `${accessToken.slice(0, -1)}${accessToken.endsWith('A') ? 'B' : 'A'}`
    expect(await own.exchange('gateway', spoilt)).toMatchObject(refused)
    await revoke(own, refreshToken, 'web')
    expect(await own.exchange('gateway', accessToken)).toMatchObject(refused)
  })
})
