import { expect, test } from 'vitest'
import { Secret } from '#shared/kernel/secret.ts'
import { epochSeconds } from '#shared/kernel/time.ts'
import { tenant } from '../../../test/support/builders.ts'
import { toClient } from './client-registration.ts'
import { parseRegistrationMetadata } from './registration-metadata.ts'
import { metadataOf, registrationResponse } from './registration-response.ts'

const now = epochSeconds(1_800_000_000)
const https = (path: string) => `https://client.example/${path}`
const jwk = {
  kty: 'OKP',
  crv: 'Ed25519',
  x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
  kid: 'a',
}

/** Every member that a client may register about itself, in a form that it is told again. */
const sent = {
  client_name: 'Shop',
  application_type: 'web',
  redirect_uris: [https('callback')],
  post_logout_redirect_uris: [https('bye')],
  grant_types: ['authorization_code', 'implicit', 'urn:openid:params:grant-type:ciba'],
  response_types: ['code', 'code id_token'],
  token_endpoint_auth_method: 'private_key_jwt',
  token_endpoint_auth_signing_alg: 'EdDSA',
  scope: 'openid email',
  jwks: { keys: [jwk] },
  default_max_age: 60,
  require_pushed_authorization_requests: true,
  require_signed_request_object: true,
  request_object_signing_alg: 'EdDSA',
  request_uris: [https('request')],
  response_modes: ['jwt', 'form_post.jwt'],
  authorization_details_types: ['payment'],
  default_acr_values: ['a'],
  backchannel_token_delivery_mode: 'ping',
  backchannel_client_notification_endpoint: https('ping'),
  backchannel_authentication_request_signing_alg: 'EdDSA',
  subject_type: 'pairwise',
  sector_identifier_uri: https('sector'),
  dpop_bound_access_tokens: true,
  tls_client_certificate_bound_access_tokens: false,
  access_token_format: 'opaque',
  access_token_signed_response_alg: 'ES256',
  id_token_signed_response_alg: 'ES256',
  id_token_encrypted_response_alg: 'ECDH-ES',
  id_token_encrypted_response_enc: 'A256GCM',
  userinfo_signed_response_alg: 'ES256',
  introspection_signed_response_alg: 'ES256',
  authorization_signed_response_alg: 'ES256',
  initiate_login_uri: https('start'),
  backchannel_logout_uri: https('logout'),
  backchannel_logout_session_required: true,
  frontchannel_logout_uri: https('frame'),
  frontchannel_logout_session_required: false,
  client_uri: https(''),
  logo_uri: https('logo'),
  policy_uri: https('policy'),
  tos_uri: https('tos'),
  contacts: ['ops@client.example'],
  software_id: 'shop',
  software_version: '1',
}

const clientOf = (metadata: object) =>
  toClient(
    tenant().id,
    parseRegistrationMetadata({ ...metadata }, { client_id: 'client-1' }),
    undefined,
    now,
  )

test('rfc7591 section 3.2.1: all registered metadata about the client are told as they were sent', () => {
  expect(metadataOf(clientOf(sent))).toEqual(sent)
})

test('rfc7592 section 3: and of a client that authenticates by its certificate', () => {
  const { jwks: _, token_endpoint_auth_signing_alg: __, ...others } = sent
  const certified = {
    ...others,
    token_endpoint_auth_method: 'tls_client_auth',
    tls_client_auth_san_dns: 'client.example',
    jwks_uri: https('jwks'),
  }
  expect(metadataOf(clientOf(certified))).toEqual(certified)
})

test('rfc7591 section 3.2.1: a secret is told beside the moment when it ends, or neither is', () => {
  const client = { ...clientOf(sent), dynamicRegistration: { tokenHash: 'h', issuedAt: now } }
  const told = registrationResponse(tenant(), client, { token: new Secret('t') })
  expect(told).toMatchObject({
    client_id: 'client-1',
    client_id_issued_at: now,
    registration_access_token: 't',
    registration_client_uri: 'https://id.example/acme/oauth2/register/client-1',
  })
  expect(told).not.toHaveProperty('client_secret')
  expect(told).not.toHaveProperty('client_secret_expires_at')
})
