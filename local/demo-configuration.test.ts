import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseConfiguration } from '#shared/configuration/parse-configuration.ts'

const text = readFileSync('local/demo-configuration.json', 'utf8')

test.each(['http://localhost:9000', 'https://localhost:9443'])(
  'the built-in document is a good one at %s',
  (origin) => {
    const reading = parseConfiguration(text.replaceAll('{origin}', origin), {
      strictSecrets: false,
    })
    expect(reading).toMatchObject({ kind: 'parsed' })
  },
)

test('its secrets are too weak for a deployment', () => {
  const reading = parseConfiguration(text.replaceAll('{origin}', 'https://id.example'), {
    strictSecrets: true,
  })
  expect(reading).toMatchObject({
    kind: 'refused',
    problems: [
      { path: '$.tenants[0].clients[1].client_secret' },
      { path: '$.tenants[0].clients[3].client_secret' },
    ],
  })
})
