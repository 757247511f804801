import { expect, test } from 'vitest'
import { tenant } from '../../../test/support/builders.ts'
import type { SecurityProfile, TenantSettings } from '../../tenant/tenant.ts'
import { requestMetadata } from './request-metadata.ts'

const metadataOf = (more: Partial<TenantSettings>) =>
  requestMetadata(tenant({ settings: { ...tenant().settings, ...more } }))

const under = (profile: SecurityProfile) => metadataOf({ profile })

test('rfc9126 section 5: where requests are pushed, and whether they must be', () => {
  expect(under('baseline')).toMatchObject({
    pushed_authorization_request_endpoint: 'https://id.example/acme/oauth2/par',
    require_pushed_authorization_requests: false,
  })
  expect(under('fapi2')).toMatchObject({ require_pushed_authorization_requests: true })
})

test('oidc discovery section 3: request objects by reference are a matter of the profile', () => {
  expect(under('baseline')).toMatchObject({
    request_parameter_supported: true,
    request_uri_parameter_supported: true,
    require_request_uri_registration: true,
  })
  expect(under('fapi2')).toMatchObject({ request_uri_parameter_supported: false })
  expect(under('fapi2')).not.toHaveProperty('require_request_uri_registration')
})

test('rfc9101 section 9.2 and 10.1: none is never listed, RS256 only where it is accepted', () => {
  const algorithms = (profile: SecurityProfile) =>
    under(profile).request_object_signing_alg_values_supported
  expect(algorithms('baseline')).toContain('RS256')
  for (const profile of ['fapi2', 'fapi1-advanced'] as const) {
    expect(algorithms(profile)).not.toContain('RS256')
    expect(algorithms(profile)).toContain('PS256')
  }
  expect(under('fapi1-advanced')).toMatchObject({ require_signed_request_object: true })
})

test('rfc9396 section 10: the types of details, where there are any', () => {
  expect(metadataOf({})).not.toHaveProperty('authorization_details_types_supported')
  const authorizationDetailsTypes = [{ type: 'payment', displayName: 'Pay', fields: [] }]
  expect(metadataOf({ authorizationDetailsTypes })).toMatchObject({
    authorization_details_types_supported: ['payment'],
  })
})
