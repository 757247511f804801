import { expect, test } from 'vitest'
import { tenant } from '../../../test/support/builders.ts'
import { thrownBy } from '../../../test/support/refusals.ts'
import { registeredMetadata } from './registered-metadata.ts'

const deviceCode = 'urn:ietf:params:oauth:grant-type:device_code'
const ciba = 'urn:openid:params:grant-type:ciba'
const loopback = 'http://127.0.0.1/callback'

const register = (sent: object) =>
  registeredMetadata(
    tenant(),
    {
      subject_type: 'pairwise',
      redirect_uris: ['https://victim.example/callback'],
      token_endpoint_auth_method: 'none',
      ...sent,
    },
    { grantTypes: ['authorization_code', 'refresh_token', deviceCode, ciba] },
    { id: 'client-1' },
  )

test.each<[string, object, string]>([
  ['that a device shows', { grant_types: ['authorization_code', deviceCode] }, 'subject_type'],
  [
    'of a sector whose document has nothing to list',
    {
      grant_types: [deviceCode],
      redirect_uris: [],
      sector_identifier_uri: 'https://victim.example/uris.json',
    },
    'subject_type',
  ],
  [
    'that a logout tells',
    { backchannel_logout_uri: 'https://evil.example/out' },
    'backchannel_logout_uri',
  ],
])(
  'oidc core section 8.1: the subjects %s to the host of another are refused',
  (_, sent, member) => {
    expect(thrownBy(() => register(sent))).toMatchObject({
      code: 'invalid_client_metadata',
      message: expect.stringMatching(new RegExp(`^${member}: `)),
    })
  },
)

test.each<[string, object]>([
  [
    'is told of logouts at its own host',
    { backchannel_logout_uri: 'https://victim.example:8443/out' },
  ],
  ['shares no host with anybody', { redirect_uris: [loopback], grant_types: [deviceCode] }],
  ['knows people as everybody does', { subject_type: 'public', grant_types: [deviceCode] }],
])('oidc core section 8.1: a client that %s is registered', (_, sent) => {
  expect(register(sent)).toHaveProperty('client_id', 'client-1')
})
