import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { clientMetadata } from './client-metadata.ts'

const jwks = {
  keys: [generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })],
}
const secret = 'a-secret-for-tests'

const publicApp = {
  client_id: 'app',
  token_endpoint_auth_method: 'none',
  redirect_uris: ['https://app.example/callback'],
}
const webApp = { ...publicApp, token_endpoint_auth_method: undefined, client_secret: secret }
const service = {
  client_id: 'service',
  client_secret: secret,
  grant_types: ['client_credentials'],
}

/** Through JSON, so that `undefined` leaves a member out. */
const parse = (metadata: unknown, strictSecrets = false) =>
  clientMetadata({ strictSecrets }).safeParse(JSON.parse(JSON.stringify(metadata)))

const problemsOf = (metadata: unknown, strictSecrets = false) =>
  parse(metadata, strictSecrets).error?.issues.map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  )

test('a public client, a confidential one and a service are taken', () => {
  for (const metadata of [publicApp, webApp, service]) expect(problemsOf(metadata)).toBeUndefined()
})

test('rfc7591 section 2: defaults are authorization_code, client_secret_basic and web', () => {
  expect(parse(webApp).data).toMatchObject({
    grant_types: ['authorization_code'],
    token_endpoint_auth_method: 'client_secret_basic',
    application_type: 'web',
    skip_consent: false,
  })
})

test('rfc6749 section 2.3: a client that authenticates by secret has one', () => {
  for (const method of ['client_secret_basic', 'client_secret_post']) {
    const metadata = { ...publicApp, token_endpoint_auth_method: method }
    expect(problemsOf(metadata)).toEqual([expect.stringMatching(/^client_secret: is missing/)])
  }
})

test('rfc6749 section 4.4 and rfc8252 section 8.5: the secret of a native app makes it no confidential client', () => {
  const native = { ...service, application_type: 'native' }
  for (const grant of ['client_credentials', 'urn:ietf:params:oauth:grant-type:token-exchange']) {
    expect(problemsOf({ ...native, grant_types: [grant] })).toEqual([
      expect.stringMatching(/^grant_types: must hold no grant that needs a confidential client/),
    ])
  }
  const { client_secret: _, ...keyed } = native
  const token_endpoint_auth_method = 'private_key_jwt'
  expect(problemsOf({ ...keyed, token_endpoint_auth_method, jwks })).toBeUndefined()
})

test('a secret that no method uses is refused', () => {
  expect(problemsOf({ ...publicApp, client_secret: secret })?.[0]).toMatch(/^client_secret: has no/)
  expect(
    problemsOf({ ...webApp, jwks, token_endpoint_auth_method: 'private_key_jwt' })?.[0],
  ).toMatch(/^client_secret: has no/)
})

test('oidc core section 9: private_key_jwt needs jwks or jwks_uri, never both', () => {
  const metadata = { ...publicApp, token_endpoint_auth_method: 'private_key_jwt' }
  expect(problemsOf({ ...metadata, jwks })).toBeUndefined()
  expect(problemsOf(metadata)?.[0]).toMatch(/^jwks: is missing/)
  const jwks_uri = 'https://app.example/jwks'
  expect(problemsOf({ ...metadata, jwks_uri })).toBeUndefined()
  expect(problemsOf({ ...metadata, jwks, jwks_uri })).toEqual([
    'jwks_uri: must not stand beside jwks',
  ])
})

test('rfc6749 section 4.4: client_credentials is for confidential clients only', () => {
  expect(
    problemsOf({
      client_id: 's',
      token_endpoint_auth_method: 'none',
      grant_types: ['client_credentials'],
    }),
  ).toEqual([expect.stringMatching(/^token_endpoint_auth_method: /)])
})

test('rfc7591 section 2.1: grant types and response types agree', () => {
  expect(problemsOf({ ...webApp, response_types: ['code'] })).toBeUndefined()
  expect(problemsOf({ ...webApp, response_types: [] })?.[0]).toMatch(/^response_types: /)
  expect(problemsOf({ ...service, response_types: [] })).toBeUndefined()
  expect(problemsOf({ ...service, response_types: ['code'] })?.[0]).toMatch(/^response_types: /)
  expect(problemsOf({ ...webApp, response_types: ['token'] })?.[0]).toMatch(/^response_types: /)
  expect(problemsOf({ ...webApp, grant_types: ['password'] })?.[0]).toMatch(/^grant_types.0: /)
  expect(problemsOf({ ...service, grant_types: ['refresh_token'] })?.[0]).toMatch(/^grant_types: /)
})

test('rfc9449 section 5.2 and rfc8705 section 6.4: no token comes from where nobody proves a key that it must be bound to', () => {
  const grant_types = ['authorization_code', 'implicit']
  const old = { ...webApp, grant_types, response_types: ['code', 'code token'] }
  expect(problemsOf(old)).toBeUndefined()
  for (const bound of [
    { dpop_bound_access_tokens: true },
    { tls_client_certificate_bound_access_tokens: true },
  ]) {
    expect(problemsOf({ ...old, ...bound })).toEqual([
      expect.stringMatching(/^response_types: "token" has no use/),
    ])
  }
})

test('rfc8705 section 2.1.2: of tls_client_auth_* exactly one is registered', () => {
  const certified = {
    ...service,
    client_secret: undefined,
    token_endpoint_auth_method: 'tls_client_auth',
  }
  const one = { tls_client_auth_san_dns: 'client.example' }
  expect(problemsOf({ ...certified, ...one })).toBeUndefined()
  for (const names of [{}, { ...one, tls_client_auth_subject_dn: 'CN=client' }]) {
    expect(problemsOf({ ...certified, ...names })).toEqual([
      expect.stringMatching(/^tls_client_auth_subject_dn: exactly one/),
    ])
  }
})

test('rfc8705 section 2.2.2: self_signed_tls_client_auth has keys to compare with', () => {
  const method = { token_endpoint_auth_method: 'self_signed_tls_client_auth' }
  const certified = { ...service, client_secret: undefined, ...method }
  expect(problemsOf({ ...certified, jwks_uri: 'https://app.example/jwks' })).toBeUndefined()
  expect(problemsOf(certified)?.[0]).toMatch(/^jwks: is missing/)
})

test('rfc6749 section 3.1.2.2: the code flow needs a registered redirect_uri', () => {
  expect(problemsOf({ ...webApp, redirect_uris: [] })).toEqual([
    expect.stringMatching(/^redirect_uris: must hold at least one/),
  ])
})

test.each(['https://app.example:8443/out', 'https://other.example/out', 'http://localhost/out'])(
  'front-channel logout section 2: the logout URI has the origin of a redirect URI, not %s',
  (frontchannel_logout_uri) => {
    const own = 'https://app.example/out'
    expect(problemsOf({ ...webApp, frontchannel_logout_uri: own })).toBeUndefined()
    expect(problemsOf({ ...webApp, frontchannel_logout_uri })).toEqual([
      'frontchannel_logout_uri: must have the scheme, host and port of one of the redirect_uris',
    ])
  },
)

const implicitApp = {
  ...publicApp,
  grant_types: ['implicit'],
  response_types: ['id_token token'],
}

test.each(['http://localhost/callback', 'http://127.0.0.1/callback', 'https://localhost/callback'])(
  'oidc core section 3.2.2.1 and oidc registration section 2: the web page that gets tokens in front is not at %s',
  (uri) => {
    expect(problemsOf(implicitApp)).toBeUndefined()
    expect(problemsOf({ ...implicitApp, redirect_uris: [uri] })).toEqual([
      expect.stringMatching(/^redirect_uris: must be https, and not on localhost/),
    ])
    const native = { ...implicitApp, application_type: 'native', redirect_uris: [uri] }
    expect(problemsOf(native)).toBeUndefined()
  },
)

test.each(['id_token', 'userinfo', 'introspection', 'authorization'])(
  'oidc registration section 2: %s_encrypted_response_enc needs its alg',
  (response) => {
    const enc = { [`${response}_encrypted_response_enc`]: 'A256GCM' }
    const alg = { [`${response}_encrypted_response_alg`]: 'ECDH-ES' }
    expect(problemsOf({ ...webApp, jwks, ...enc, ...alg })).toBeUndefined()
    expect(problemsOf({ ...webApp, jwks, ...enc })).toEqual([
      `${response}_encrypted_response_enc: needs ${response}_encrypted_response_alg beside it`,
    ])
  },
)

test.each(['id_token_signed_response_alg', 'token_endpoint_auth_signing_alg'])(
  'oidc registration section 2: %s is never none, nor symmetric',
  (member) => {
    for (const algorithm of ['none', 'HS256']) {
      expect(problemsOf({ ...webApp, [member]: algorithm })?.[0]).toMatch(`${member}: `)
    }
  },
)

test.each([
  'jwks_uri',
  'sector_identifier_uri',
  'initiate_login_uri',
  'backchannel_logout_uri',
  'frontchannel_logout_uri',
  'backchannel_client_notification_endpoint',
])(
  'oidc registration section 2 and back-channel logout section 2.2 and front-channel logout section 2 and ciba core section 4: %s is absolute, without a fragment, and https but on loopback',
  (member) => {
    for (const uri of [
      '/out',
      'https://app.example/#x',
      'http://app.example/',
      'data:text/html,x',
    ]) {
      expect(problemsOf({ ...webApp, [member]: uri })?.[0]).toMatch(`${member}: `)
    }
    expect(problemsOf({ ...webApp, [member]: 'https://app.example/a?b=c' })).toBeUndefined()
  },
)

describe('ciba core section 4: a client that asks for people elsewhere', () => {
  const till = {
    client_id: 'till',
    client_secret: secret,
    grant_types: ['urn:openid:params:grant-type:ciba'],
    backchannel_token_delivery_mode: 'poll',
  }

  test.each([
    [{ backchannel_token_delivery_mode: undefined }, 'backchannel_token_delivery_mode'],
    [{ backchannel_token_delivery_mode: 'push' }, 'backchannel_token_delivery_mode'],
    [{ backchannel_token_delivery_mode: 'ping' }, 'backchannel_client_notification_endpoint'],
    [{ backchannel_user_code_parameter: true }, 'backchannel_user_code_parameter'],
    [
      { token_endpoint_auth_method: 'none', client_secret: undefined },
      'token_endpoint_auth_method',
    ],
  ])('says how it will hear of them, and proves itself: %j', (more, member) => {
    expect(problemsOf(till)).toBeUndefined()
    expect(problemsOf({ ...till, ...more })?.[0]).toMatch(`${member}: `)
  })
})

test('every bad URI is named by its place', () => {
  expect(
    problemsOf({
      ...webApp,
      redirect_uris: ['https://app.example/', 'https://app.example/#a', 'javascript:alert(1)'],
      post_logout_redirect_uris: ['data:text/html,x'],
    }),
  ).toEqual([
    'redirect_uris.1: must not have a fragment',
    expect.stringMatching(/^redirect_uris.2: must be https/),
    expect.stringMatching(/^post_logout_redirect_uris.0: must be https/),
  ])
  for (const member of ['client_uri', 'logo_uri', 'policy_uri', 'tos_uri']) {
    expect(problemsOf({ ...webApp, [member]: 'javascript:alert(1)' })?.[0]).toMatch(`${member}: `)
  }
})

test('nothing is listed twice', () => {
  expect(
    problemsOf({ ...webApp, grant_types: ['authorization_code', 'authorization_code'] }),
  ).toEqual(['grant_types.1: is listed twice'])
})

test('rfc6749 section 3.3: scope is tokens with single spaces', () => {
  expect(problemsOf({ ...webApp, scope: 'openid email' })).toBeUndefined()
  for (const scope of ['', ' openid', 'openid  email', 'a"b', 'a\\b']) {
    expect(problemsOf({ ...webApp, scope })?.[0], scope).toMatch(/^scope: /)
  }
})

test('a client_secret under 256 bits is refused where strength counts, and only there', () => {
  expect(problemsOf(webApp, false)).toBeUndefined()
  expect(problemsOf(webApp, true)).toEqual([expect.stringMatching(/^client_secret: must hold 256/)])
})

test('rfc6749 appendix A.2: a client_secret is visible ASCII', () => {
  for (const odd of ['n\u00e4me', 'a\nb', 'a\u0000', '']) {
    expect(problemsOf({ ...webApp, client_secret: odd })?.[0], odd).toMatch(/^client_secret: /)
  }
})

test('a parsed secret cannot be printed', () => {
  expect(JSON.stringify(parse(webApp).data)).not.toContain(secret)
})
