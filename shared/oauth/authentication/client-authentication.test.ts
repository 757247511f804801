import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readParameters } from '#shared/kernel/parameters.ts'
import { parametersOf } from '../../../test/support/builders.ts'
import { anyForm, anyText, parsesOrRefuses, thrownBy } from '../../../test/support/refusals.ts'
import {
  jwtBearerAssertionType,
  type PresentedClient,
  parseClientAuthentication,
} from './client-authentication.ts'

const encoded = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`
const formEncoded = (text: string): string => new URLSearchParams({ x: text }).toString().slice(2)

const parse = (authorization: string | undefined, fields: Record<string, string> = {}) =>
  parseClientAuthentication({ authorization }, parametersOf(fields))

const secretOf = (client: PresentedClient): string | undefined =>
  'secret' in client ? client.secret.reveal() : undefined

const assertionOf = (claims: unknown): string =>
  `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`

const assertion = (text: string) => ({
  client_assertion_type: jwtBearerAssertionType,
  client_assertion: text,
})

describe('rfc6749 section 2.3.1: HTTP Basic', () => {
  test('the example of the RFC', () => {
    const client = parse('Basic czZCaGRSa3F0MzpnWDFmQmF0M2JW')
    expect(client).toMatchObject({ method: 'client_secret_basic', id: 's6BhdRkqt3' })
    expect(secretOf(client)).toBe('gX1fBat3bV')
  })

  test('both halves are form-encoded before they are joined', () => {
    const ascii = fc.string({ unit: 'grapheme-ascii', minLength: 1 })
    fc.assert(
      fc.property(ascii, fc.string({ unit: 'binary' }), (id, text) => {
        const secret = text.toWellFormed()
        const client = parse(encoded(`${formEncoded(id)}:${formEncoded(secret)}`))
        expect(client.id).toBe(id)
        expect(secretOf(client)).toBe(secret)
      }),
    )
  })

  test('a secret may hold a colon, an id may not but encoded', () => {
    expect(secretOf(parse(encoded('web:a:b')))).toBe('a:b')
    expect(parse(encoded('a%3Ab:c')).id).toBe('a:b')
  })

  test.each([
    'Basic',
    'Basic ',
    'Basic !!!',
    'Basic d2Vi OnM=',
    'Bearer d2ViOnM=',
    'Digest username=web',
    encoded('no colon'),
    encoded(':secret'),
    encoded('web:%zz'),
    encoded('%ff:secret'),
    encoded('n%C3%A4me:secret'),
    `${encoded('web:s')}, ${encoded('web:s')}`,
  ])('a header that is not that is invalid_client: %s', (authorization) => {
    expect(thrownBy(() => parse(authorization))).toMatchObject({
      code: 'invalid_client',
      status: 401,
      rule: 'oauth/client/basic',
    })
  })

  test('rfc9110 section 11.1: the name of the scheme has no case', () => {
    expect(parse('bAsIc czZCaGRSa3F0MzpnWDFmQmF0M2JW').id).toBe('s6BhdRkqt3')
  })
})

describe('rfc6749 section 2.3.1: credentials in the body', () => {
  test('client_id and client_secret', () => {
    const client = parse(undefined, { client_id: 'web', client_secret: 's3cret' })
    expect(client).toMatchObject({ method: 'client_secret_post', id: 'web' })
    expect(secretOf(client)).toBe('s3cret')
  })

  test('a secret without a client_id is nobody', () => {
    expect(thrownBy(() => parse(undefined, { client_secret: 's' }))).toMatchObject({
      code: 'invalid_client',
      rule: 'oauth/client/unnamed',
    })
  })
})

describe('rfc7523 section 2.2: a client assertion', () => {
  test('names its client by sub, where there is no client_id', () => {
    const client = parse(undefined, assertion(assertionOf({ sub: 'jwt' })))
    expect(client).toMatchObject({ method: 'private_key_jwt', id: 'jwt' })
  })

  test('rfc7521 section 4.2: client_id is optional beside it', () => {
    const fields = { ...assertion('a.b.c'), client_id: 'jwt' }
    expect(parse(undefined, fields)).toMatchObject({ method: 'private_key_jwt', id: 'jwt' })
  })

  test.each([
    { client_assertion: 'a.b.c' },
    { client_assertion_type: jwtBearerAssertionType },
    { client_assertion: 'a.b.c', client_assertion_type: 'urn:ietf:params:oauth:saml2-bearer' },
    { client_assertion: 'a.b.c', client_assertion_type: jwtBearerAssertionType.toUpperCase() },
  ])('needs the one type: %j', (fields) => {
    expect(thrownBy(() => parse(undefined, fields))).toMatchObject({
      code: 'invalid_request',
      rule: 'oauth/client/assertion-type',
    })
  })

  test.each(['', '.', 'a.b.c', 'a.bnVsbA.c', assertionOf({}), assertionOf({ sub: 1 }), 'a.WzFd.c'])(
    'that names nobody is invalid_client: %s',
    (text) => {
      const fields = { ...assertion(text || ' ') }
      expect(thrownBy(() => parse(undefined, fields))).toMatchObject({
        code: 'invalid_client',
        rule: 'oauth/client/assertion-subject',
      })
    },
  )
})

describe('rfc6749 section 2.3: not more than one method in a request', () => {
  const basic = encoded('web:s')
  test.each([['header and body', basic, { client_id: 'web', client_secret: 's' }]])(
    '%s',
    (_, authorization, fields) => {
      expect(thrownBy(() => parse(authorization, fields))).toMatchObject({
        code: 'invalid_request',
        status: 400,
        rule: 'oauth/client/two-ways',
      })
    },
  )

  test.each([
    ['header', basic, {}],
    ['body', undefined, { client_id: 'web', client_secret: 's' }],
  ])('rfc7521 section 4.2.1: %s and assertion are invalid_client', (_, authorization, fields) => {
    const both = { ...fields, ...assertion(assertionOf({ sub: 'web' })) }
    expect(thrownBy(() => parse(authorization, both))).toMatchObject({
      code: 'invalid_client',
      rule: 'oauth/client/two-ways',
    })
  })

  test('a client_id beside the header is no method of its own', () => {
    expect(parse(basic, { client_id: 'web' })).toMatchObject({ method: 'client_secret_basic' })
  })

  test('a client_id that is another one is refused', () => {
    expect(thrownBy(() => parse(basic, { client_id: 'other' }))).toMatchObject({
      code: 'invalid_request',
      rule: 'oauth/client/two-ids',
    })
  })
})

test('rfc6749 section 3.2.1: a public client says its client_id', () => {
  expect(parse(undefined, { client_id: 'spa' })).toEqual({ method: 'none', id: 'spa' })
})

test.each([{}, { client_id: '' }, { client_id: 'n\u00e4me' }, { client_id: 'a\nb' }])(
  'rfc6749 section 5.2: a request that names no client is invalid_client: %j',
  (fields: Record<string, string>) => {
    expect(thrownBy(() => parse(undefined, fields))).toMatchObject({
      code: 'invalid_client',
      rule: 'oauth/client/unnamed',
    })
  },
)

test('what is presented cannot be printed', () => {
  for (const client of [
    parse(encoded('web:hunter2')),
    parse(undefined, { client_id: 'web', client_secret: 'hunter2' }),
    parse(undefined, { client_id: 'web', ...assertion('hunter2') }),
  ]) {
    expect(JSON.stringify(client)).not.toContain('hunter2')
  }
})

test('no header and no form at all make parsing throw anything but a refusal', () => {
  const header = fc.option(
    fc.oneof(
      anyText,
      anyText.map(encoded),
      anyText.map((text) => `Basic ${text}`),
    ),
    { nil: undefined },
  )
  const form = anyForm({
    client_id: ['web', 'other'],
    client_secret: ['s3cret'],
    client_assertion: ['a.b.c', assertionOf({ sub: 'web' })],
    client_assertion_type: [jwtBearerAssertionType],
  })
  fc.assert(
    fc.property(header, form, (authorization, sent) => {
      const { parameters } = readParameters(sent)
      parsesOrRefuses(() => parseClientAuthentication({ authorization }, parameters))
    }),
    { numRuns: 500 },
  )
})
