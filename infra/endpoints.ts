import type { AccessWord } from './access.ts'

export interface Endpoint {
  /** HTTP API route keys; the path is the URL below the host. */
  readonly routes: readonly string[]
  /** Path of the entry file from the root of the project. */
  readonly entry: string
  /** What the function may do; `access.ts` turns each word into IAM statements. */
  readonly access: readonly AccessWord[]
  readonly memoryMiB: number
  readonly timeoutSeconds: number
}

/** The one description of the system's wiring: functions, routes and policies are built from it. */
export const endpoints = {
  'well-known.openid-configuration': {
    routes: ['GET /{tenant}/.well-known/openid-configuration'],
    entry: 'functions/well-known/openid-configuration.ts',
    access: ['tenants:read'],
    memoryMiB: 512,
    timeoutSeconds: 10,
  },
  'well-known.oauth-authorization-server': {
    routes: ['GET /.well-known/oauth-authorization-server/{tenant}'],
    entry: 'functions/well-known/oauth-authorization-server.ts',
    access: ['tenants:read'],
    memoryMiB: 512,
    timeoutSeconds: 10,
  },
  'oauth2.jwks': {
    routes: ['GET /{tenant}/oauth2/jwks'],
    entry: 'functions/oauth2/jwks.ts',
    access: ['tenants:read', 'signing-keys:read'],
    memoryMiB: 512,
    timeoutSeconds: 10,
  },
  'oauth2.authorize': {
    routes: [
      'GET /{tenant}/oauth2/authorize',
      'POST /{tenant}/oauth2/authorize',
      'GET /{tenant}/oauth2/authorize/resume',
    ],
    entry: 'functions/oauth2/authorize.ts',
    access: [
      'tenants:read',
      'clients:read',
      'users:read',
      'sessions:read',
      'consents:read',
      'pushed-requests:read',
      'pushed-requests:use',
      'signing-keys:read',
      'sealing-key:code',
      'sealing-key:interaction',
    ],
    memoryMiB: 512,
    timeoutSeconds: 10,
  },
  'oauth2.token': {
    routes: ['POST /{tenant}/oauth2/token'],
    entry: 'functions/oauth2/token.ts',
    access: [
      'tenants:read',
      'clients:read',
      'resource-servers:read',
      'users:read',
      'sessions:read',
      'families:read',
      'families:open',
      'families:rotate',
      'families:revoke',
      'devices:read',
      'devices:poll',
      'client-assertions:use',
      'proofs:use',
      'outbox:put',
      'signing-keys:read',
      'signing-key:sign',
      'signing-key:unwrap',
      'sealing-key:code',
      'sealing-key:refresh',
      'sealing-key:handle',
      'sealing-key:nonce',
      'sealing-key:access',
    ],
    memoryMiB: 512,
    timeoutSeconds: 10,
  },
  'oauth2.par': {
    routes: ['POST /{tenant}/oauth2/par'],
    entry: 'functions/oauth2/par.ts',
    access: [
      'tenants:read',
      'clients:read',
      'client-assertions:use',
      'pushed-requests:push',
      'sealing-key:interaction',
    ],
    memoryMiB: 512,
    timeoutSeconds: 10,
  },
  'oauth2.device-authorization': {
    routes: ['POST /{tenant}/oauth2/device_authorization'],
    entry: 'functions/oauth2/device-authorization.ts',
    access: [
      'tenants:read',
      'clients:read',
      'attempts:count',
      'devices:open',
      'client-assertions:use',
    ],
    memoryMiB: 512,
    timeoutSeconds: 10,
  },
  'oauth2.device': {
    routes: ['GET /{tenant}/oauth2/device', 'POST /{tenant}/oauth2/device'],
    entry: 'functions/oauth2/device.ts',
    access: [
      'tenants:read',
      'clients:read',
      'users:read',
      'sessions:read',
      'attempts:count',
      'devices:read',
      'devices:answer',
      'sealing-key:interaction',
    ],
    memoryMiB: 512,
    timeoutSeconds: 10,
  },
  'oauth2.preflight': {
    routes: [
      'OPTIONS /{tenant}/oauth2/token',
      'OPTIONS /{tenant}/oauth2/userinfo',
      'OPTIONS /{tenant}/oauth2/revoke',
      'OPTIONS /{tenant}/oauth2/par',
    ],
    entry: 'functions/oauth2/preflight.ts',
    access: ['tenants:read'],
    memoryMiB: 512,
    timeoutSeconds: 10,
  },
  'oauth2.userinfo': {
    routes: ['GET /{tenant}/oauth2/userinfo', 'POST /{tenant}/oauth2/userinfo'],
    entry: 'functions/oauth2/userinfo.ts',
    access: [
      'tenants:read',
      'clients:read',
      'users:read',
      'sessions:read',
      'families:read',
      'memberships:read',
      'proofs:use',
      'signing-keys:read',
      'sealing-key:handle',
      'sealing-key:nonce',
      'sealing-key:access',
    ],
    memoryMiB: 512,
    timeoutSeconds: 10,
  },
  'oauth2.logout': {
    routes: ['GET /{tenant}/oauth2/logout', 'POST /{tenant}/oauth2/logout'],
    entry: 'functions/oauth2/logout.ts',
    access: [
      'tenants:read',
      'clients:read',
      'sessions:read',
      'sessions:end',
      'families:list',
      'signing-keys:read',
    ],
    memoryMiB: 512,
    timeoutSeconds: 10,
  },
  'oauth2.check-session': {
    routes: ['GET /{tenant}/oauth2/check_session'],
    entry: 'functions/oauth2/check-session.ts',
    access: ['tenants:read'],
    memoryMiB: 512,
    timeoutSeconds: 10,
  },
  'oauth2.initiate-login': {
    routes: ['GET /{tenant}/oauth2/initiate_login'],
    entry: 'functions/oauth2/initiate-login.ts',
    access: ['tenants:read', 'clients:read'],
    memoryMiB: 512,
    timeoutSeconds: 10,
  },
  'signin.password': {
    routes: ['GET /{tenant}/signin', 'POST /{tenant}/signin'],
    entry: 'functions/signin/password.ts',
    access: [
      'tenants:read',
      'users:read',
      'user-names:read',
      'passwords:read',
      'failed-passwords:count',
      'sessions:read',
      'sessions:open',
      'sessions:renew',
      'sessions:end',
      'sealing-key:interaction',
    ],
    memoryMiB: 1769,
    timeoutSeconds: 10,
  },
  'signin.consent': {
    routes: ['GET /{tenant}/signin/consent', 'POST /{tenant}/signin/consent'],
    entry: 'functions/signin/consent.ts',
    access: [
      'tenants:read',
      'clients:read',
      'users:read',
      'sessions:read',
      'consents:grant',
      'sealing-key:interaction',
    ],
    memoryMiB: 512,
    timeoutSeconds: 10,
  },
} as const satisfies Record<string, Endpoint>

export type EndpointName = keyof typeof endpoints
