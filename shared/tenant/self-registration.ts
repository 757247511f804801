/** What clients that nobody of the tenant has named may be like; absent members have defaults. */
export interface RegistrationPolicy {
  readonly scopes?: readonly string[]
  readonly grantTypes?: readonly string[]
  /** Hosts that they may have people sent back to, as patterns. Absent: any. */
  readonly redirectHosts?: readonly string[]
}

/** Whose software statements vouch for clients, and where the keys that sign them are published. */
export interface StatementIssuer {
  readonly issuer: string
  readonly jwksUri: string
}

/** How clients come to a tenant that its operator has not named. */
export interface SelfRegistration extends RegistrationPolicy {
  /** `restricted` wants an initial access token or a software statement. Absent: nobody registers. */
  readonly endpoint?: 'open' | 'restricted'
  readonly statementIssuers?: readonly StatementIssuer[]
  /** Hosts whose metadata documents make clients, as patterns. Absent: none. */
  readonly documentHosts?: readonly string[]
}

/** Tells whether a host is meant by a pattern: a host, `*.` before a domain, or `*` for every one. */
export const isHostOf = (pattern: string, host: string): boolean =>
  pattern === '*' ||
  pattern === host ||
  (pattern.startsWith('*.') && host.length >= pattern.length && host.endsWith(pattern.slice(1)))
