import { describe, expect, test } from 'vitest'
import { inSeconds, user } from '../../test/support/builders.ts'
import { allowedClaims, claimsOfScope, userClaims } from './claims.ts'

const ada = user({
  userName: 'ada@example.com',
  name: { givenName: 'Ada', familyName: 'Lovelace', middleName: 'King' },
  nickName: 'Countess',
  profileUrl: 'https://people.example/ada',
  photos: [{ value: 'https://people.example/ada.jpg' }],
  timezone: 'Europe/London',
  locale: 'en-GB',
  emails: [{ value: 'home@example.com' }, { value: 'ada@example.com', primary: true }],
  phoneNumbers: [{ value: '+44 20 7946 0001' }],
  addresses: [
    { streetAddress: '12 St James Square', locality: 'London', country: 'GB', region: '' },
  ],
})

const everything = ['openid', ...Object.keys(claimsOfScope)]

describe('oidc core section 5.4 and 5.6: a scope brings its claims and no others', () => {
  test('profile', () => {
    expect(userClaims(ada, ['openid', 'profile'], [])).toStrictEqual({
      name: 'Ada Lovelace',
      family_name: 'Lovelace',
      given_name: 'Ada',
      middle_name: 'King',
      nickname: 'Countess',
      preferred_username: 'ada@example.com',
      profile: 'https://people.example/ada',
      picture: 'https://people.example/ada.jpg',
      zoneinfo: 'Europe/London',
      locale: 'en-GB',
      updated_at: inSeconds(-5000),
    })
  })

  test('email: the primary one, and whether it is verified', () => {
    expect(userClaims(ada, ['email'], [])).toStrictEqual({
      email: 'ada@example.com',
      email_verified: true,
    })
  })

  test('phone and groups', () => {
    expect(userClaims(ada, ['phone'], [])).toStrictEqual({ phone_number: '+44 20 7946 0001' })
    expect(userClaims(ada, ['groups'], ['Engineers'])).toStrictEqual({ groups: ['Engineers'] })
  })

  test('oidc core section 5.1.1: address, an object of what is known', () => {
    expect(userClaims(ada, ['address'], [])).toStrictEqual({
      address: { street_address: '12 St James Square', locality: 'London', country: 'GB' },
    })
  })

  test('openid and scopes of other APIs bring none', () => {
    expect(userClaims(ada, ['openid', 'offline_access', 'read'], ['Engineers'])).toStrictEqual({})
  })

  test('every claim that a scope announces is one that it can bring, and the other way round', () => {
    const [, ...announced] = everything
    for (const scope of announced) {
      const names = Object.keys(userClaims(ada, [scope], ['Engineers']))
      const listed: readonly string[] =
        Object.entries(claimsOfScope).find(([s]) => s === scope)?.[1] ?? []
      expect([...listed].sort()).toEqual(names.sort())
    }
  })
})

describe('oidc core section 5.3.2: a claim that is not known is left out, never null or empty', () => {
  test.each([
    ['nothing is known', user()],
    ['everything is empty', user({ displayName: '', emails: [], addresses: [{}], photos: [] })],
  ])('when %s', (_, person) => {
    const claims = userClaims(person, everything, [])
    expect(claims).toStrictEqual({
      preferred_username: 'ada',
      updated_at: inSeconds(-5000),
      groups: [],
    })
  })

  test('email_verified says nothing without an address', () => {
    expect(userClaims(user(), ['email'], [])).not.toHaveProperty('email_verified')
  })
})

describe('oidc core section 5.1: the name', () => {
  test.each([
    [{ displayName: 'Ada L.', name: { formatted: 'Lady Lovelace', givenName: 'Ada' } }, 'Ada L.'],
    [{ name: { formatted: 'Lady Lovelace', givenName: 'Ada' } }, 'Lady Lovelace'],
    [{ name: { familyName: 'Lovelace' } }, 'Lovelace'],
  ])('of %j', (attributes, name) => {
    expect(userClaims(user(attributes), ['profile'], [])).toHaveProperty('name', name)
  })
})

test('oidc core section 5.1: email_verified is a boolean, updated_at a number', () => {
  const unverified = user({ emails: [{ value: 'a@b.example' }] }, { emailVerified: false })
  expect(userClaims(unverified, ['email'], [])).toHaveProperty('email_verified', false)
  expect(userClaims(unverified, ['profile'], [])['updated_at']).toBeTypeOf('number')
})

describe('oidc core section 5.5.1: a claim that is asked for with a value', () => {
  const told = (requested: object, scopes: readonly string[] = ['openid']) =>
    allowedClaims(ada, { scopes, requested: { ...requested } }, ['Engineers'])

  test('comes when it has the value, or one of several', () => {
    const requested = {
      email: { values: ['home@example.com', 'ada@example.com'] },
      email_verified: { values: [true] },
      groups: { values: [['Engineers']] },
    }
    expect(told({ ...requested, nickname: null })).toStrictEqual({
      email: 'ada@example.com',
      email_verified: true,
      groups: ['Engineers'],
      nickname: 'Countess',
    })
  })

  test.each([
    [{ email: { values: ['home@example.com'] } }],
    [{ email: { values: [] } }],
    [{ email_verified: { values: ['true', 1, false] } }],
    [{ address: { values: [{ country: 'GB' }] } }],
  ])('is left out otherwise: %j', (requested) => {
    expect(told(requested)).toStrictEqual({})
  })

  test('oidc core section 14: without any normalization of Unicode', () => {
    const named = user({ nickName: 'Ren\u00e9' })
    const asked = (value: string) =>
      allowedClaims(named, { scopes: [], requested: { nickname: { values: [value] } } }, [])
    expect(asked('Ren\u00e9')).toHaveProperty('nickname')
    expect(asked('Rene\u0301')).not.toHaveProperty('nickname')
  })

  test('is left out although a scope stands for it', () => {
    const requested = { email: { values: ['home@example.com'] } }
    expect(told(requested, ['openid', 'email'])).toStrictEqual({ email_verified: true })
  })
})
