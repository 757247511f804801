import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm'
import { type JWTPayload, SignJWT } from 'jose'
import { parameterNames } from '#infra/parameters.ts'
import { documentClient } from '#shared/aws/dynamodb.ts'
import { type ClientId, type TenantId, trusted } from '#shared/kernel/ids.ts'
import type { TrustedIssuer } from '#shared/oauth/trust/trusted-issuer.ts'
import { dynamoTrustedIssuers } from '#shared/store/trusted-issuers.ts'
import { anyEvent } from '../contract/support/samples.ts'
import { type ListeningApp, startListeningApp } from './listening-app.ts'
import type { OperatorAccess } from './local-cloud.ts'

const newKey = () => ({ ...generateKeyPairSync('ec', { namedCurve: 'P-256' }), kid: randomUUID() })

/** A CI system, a cluster or another identity provider on this computer, with its own keys. */
export class ExternalIssuer {
  readonly #key = newKey()
  readonly #foreignKey = newKey()
  #app: ListeningApp | undefined

  get app(): ListeningApp {
    if (this.#app === undefined) throw new Error('the issuer has not been started')
    return this.#app
  }

  get issuer(): string {
    return this.app.origin
  }

  async start(): Promise<void> {
    this.#app = await startListeningApp((path) =>
      path === '/.well-known/openid-configuration'
        ? JSON.stringify({ issuer: this.issuer, jwks_uri: `${this.issuer}/keys` })
        : JSON.stringify({ keys: [this.publicJwk] }),
    )
  }

  get publicJwk() {
    const { kty = '', ...members } = this.#key.publicKey.export({ format: 'jwk' })
    return { ...members, kty, kid: this.#key.kid }
  }

  /** A token of the issuer; a claim that is `undefined` is left out. */
  token(claims: JWTPayload, by: 'itself' | 'somebody else' = 'itself'): Promise<string> {
    const now = Math.floor(Date.now() / 1000)
    const key = by === 'itself' ? this.#key : this.#foreignKey
    const all = { iss: this.issuer, iat: now, exp: now + 300, jti: randomUUID(), ...claims }
    return new SignJWT(JSON.parse(JSON.stringify(all)))
      .setProtectedHeader({ alg: 'ES256', kid: this.#key.kid })
      .sign(key.privateKey)
  }

  /** Makes a tenant of the local cloud trust the issuer. */
  async trustedBy(
    aws: OperatorAccess,
    tenant: string,
    more: Pick<TrustedIssuer, 'mappings'> & Partial<TrustedIssuer>,
  ): Promise<void> {
    const named = { tenant: trusted<TenantId>(tenant), issuer: this.issuer }
    await trustIssuer(aws, { ...named, type: 'jwt', keys: [], ...more })
  }
}

/** Makes a tenant of the local cloud trust an issuer. */
export async function trustIssuer(aws: OperatorAccess, issuer: TrustedIssuer): Promise<void> {
  const ssm = new SSMClient(aws)
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: parameterNames.tableName }))
  ssm.destroy()
  const client = documentClient(aws)
  const issuers = dynamoTrustedIssuers({ client, name: Parameter?.Value ?? '' })
  await issuers.save(issuer, anyEvent())
  client.destroy()
}

export const clientNamed = (id: string): ClientId => trusted<ClientId>(id)
