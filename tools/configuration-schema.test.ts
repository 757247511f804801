import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseConfiguration } from '#shared/configuration/parse-configuration.ts'
import { renderConfigurationSchema } from './configuration-schema.ts'

const guide = readFileSync('docs/configuration.md', 'utf8')

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
}

test('the document that the guide shows is a good one, in a deployment too', () => {
  const [, document = ''] = /```json\n([\s\S]+?)```/.exec(guide) ?? []
  expect(parseConfiguration(document, { strictSecrets: true })).toMatchObject({ kind: 'parsed' })
})

test('the guide names every member of a tenant, a user, a group and a client', () => {
  const schema: Schema = JSON.parse(renderConfigurationSchema())
  const tenant = schema.properties?.['tenants']?.items?.properties ?? {}
  const members = Object.values(tenant).flatMap(({ properties, items }) =>
    Object.keys(properties ?? items?.properties ?? {}),
  )
  expect(members.length).toBeGreaterThan(40)
  const unnamed = [...Object.keys(tenant), ...members].filter(
    (name) => !guide.includes(`\`${name}\``),
  )
  expect(unnamed).toEqual([])
})
