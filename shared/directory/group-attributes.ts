import { z } from 'zod'
import { uniqueName } from './user-attributes.ts'

/**
 * The attributes of a group, to be spread into a strict object.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7643#section-4.2
 */
export const groupAttributesShape = {
  displayName: uniqueName,
  externalId: z.string().trim().min(1).max(256).exactOptional(),
}
