import { createPublicKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { parseConfiguration } from '#shared/configuration/parse-configuration.ts'
import suite from './conformance-suite.json' with { type: 'json' }

const text = readFileSync('local/conformance-configuration.json', 'utf8')

const client = z.looseObject({
  client_id: z.string(),
  client_secret: z.string().optional(),
  jwks: z.object({ keys: z.array(z.looseObject({ kty: z.string(), kid: z.string() })) }).optional(),
})

const { tenants } = z
  .object({ tenants: z.array(z.object({ id: z.string(), clients: z.array(client) })) })
  .parse(JSON.parse(text))

const plan = z.looseObject({
  server: z.object({ discoveryUrl: z.string() }),
  client,
  client2: client,
  client_secret_post: client.optional(),
  mtls: z.object({ cert: z.string() }).optional(),
})

test('the configuration for the conformance suite is a good one, with secrets as strong as on AWS', () => {
  const reading = parseConfiguration(text, { strictSecrets: true })
  expect(reading).toMatchObject({ kind: 'parsed' })
})

test.each(Object.entries(suite))(
  'the suite knows the clients as they are registered: %s',
  (_, given) => {
    const { server, client, client2, client_secret_post: post } = plan.parse(given)
    const [, tenant] = new URL(server.discoveryUrl).pathname.split('/')
    const registered = tenants.find(({ id }) => id === tenant)?.clients ?? []
    for (const own of [client, client2, post].filter((each) => each !== undefined)) {
      const found = registered.find(({ client_id }) => client_id === own.client_id)
      expect(found?.client_secret).toBe(own.client_secret)
      for (const key of found?.client_secret === undefined ? (own.jwks?.keys ?? []) : []) {
        const publicKey = createPublicKey({ key, format: 'jwk' }).export({ format: 'jwk' })
        const anywhere = tenants.flatMap(({ clients }) =>
          clients.flatMap((c) => c.jwks?.keys ?? []),
        )
        expect(anywhere).toContainEqual(expect.objectContaining({ ...publicKey, kid: key.kid }))
      }
    }
  },
)

test('rfc8705 section 2.2: the certificates of the suite are those that are registered', () => {
  const registered = tenants.flatMap(({ clients }) =>
    clients.flatMap(({ jwks }) => jwks?.keys.flatMap(({ x5c }) => x5c) ?? []),
  )
  for (const given of Object.values(suite)) {
    const { mtls } = plan.parse(given)
    if (mtls === undefined) continue
    expect(registered).toContain(new X509Certificate(mtls.cert).raw.toString('base64'))
  }
})
