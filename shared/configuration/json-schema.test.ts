import { expect, test } from 'vitest'
import { configurationSchema } from './json-schema.ts'

const schema = JSON.stringify(configurationSchema())

test('the schema refuses unknown keys and knows the members of every level', () => {
  expect(configurationSchema()).toMatchObject({
    additionalProperties: false,
    properties: {
      tenants: { items: { additionalProperties: false, required: ['id', 'displayName'] } },
    },
  })
  for (const member of ['redirect_uris', 'phoneNumbers', 'members', 'accessTokenLifetimeSeconds']) {
    expect(schema).toContain(`"${member}"`)
  }
})

test('the schema of a member with a default does not require it', () => {
  expect(schema).not.toMatch(/"required":\[[^\]]*"(settings|users|grant_types|active)"/)
})
