import { z } from 'zod'
import { configurationDocument } from './document.ts'

/**
 * The JSON Schema of the configuration document, for editors and for other tools.
 *
 * It says what a document may hold; the rules between members are checked when it is applied.
 */
export const configurationSchema = (): object => ({
  title: 'Sallyport configuration document',
  ...z.toJSONSchema(configurationDocument({ strictSecrets: false }), { io: 'input' }),
})
