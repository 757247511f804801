import type { SpecRef } from '#shared/kernel/protocol-error.ts'
import type { GrantType } from '../client/client.ts'

interface Grant {
  /** A public client, which cannot keep a secret, may use the grant. */
  readonly allowsPublicClients: boolean
  /** A person signs in, and allows it. */
  readonly isOfPeople?: true
  /** Nothing that a person did bounds how often a client may use the grant. */
  readonly isUnbounded?: true
  readonly spec: SpecRef
}

/** The grants, as data; a missing one is a type error. */
export const grants: Readonly<Record<GrantType, Grant>> = {
  authorization_code: {
    allowsPublicClients: true,
    isOfPeople: true,
    spec: 'rfc6749#section-4.1.3',
  },
  refresh_token: { allowsPublicClients: true, spec: 'rfc6749#section-6' },
  client_credentials: {
    allowsPublicClients: false,
    isUnbounded: true,
    spec: 'rfc6749#section-4.4.2',
  },
  'urn:ietf:params:oauth:grant-type:device_code': {
    allowsPublicClients: true,
    isOfPeople: true,
    spec: 'rfc8628#section-3.4',
  },
  'urn:openid:params:grant-type:ciba': {
    allowsPublicClients: false,
    isOfPeople: true,
    spec: 'openid-client-initiated-backchannel-authentication-core-1_0#rfc.section.10.1',
  },
  'urn:ietf:params:oauth:grant-type:jwt-bearer': {
    allowsPublicClients: false,
    isUnbounded: true,
    spec: 'rfc7523#section-2.1',
  },
  'urn:ietf:params:oauth:grant-type:token-exchange': {
    allowsPublicClients: false,
    isUnbounded: true,
    spec: 'rfc8693#section-2.1',
  },
}

export const grantTypes = Object.keys(grants).filter((name): name is GrantType => name in grants)

/** The grants of people: a client that has none of them signs nobody in. */
export const grantsOfPeople = grantTypes.filter((name) => grants[name].isOfPeople)
