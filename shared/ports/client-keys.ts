import type { Client, PublicJwk } from '#shared/oauth/client/client.ts'

/** A client, or somebody else whose signatures we verify. */
export type KeyHolder = Pick<Client, 'keys' | 'jwksUri'>

/** The public keys of a client, registered with it or published by it. */
export interface ClientKeys {
  /** As they are registered, or were published not long ago; none when nobody has answered for long. */
  keysOf(client: KeyHolder): Promise<readonly PublicJwk[]>
  /** Asked anew for a key that is not among them, but not more often than strangers may make us ask. */
  freshKeysOf(client: KeyHolder): Promise<readonly PublicJwk[]>
}
