import { configurationSchema } from '#shared/configuration/json-schema.ts'

/** The text of `docs/generated/configuration.schema.json`. */
export const renderConfigurationSchema = (): string =>
  `${JSON.stringify(configurationSchema(), undefined, 2)}\n`
