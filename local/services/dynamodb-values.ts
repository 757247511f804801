import { z } from 'zod'

/** An attribute value as it is on the wire. */
export type AttributeValue = Readonly<Record<string, unknown>>
export type AttributeMap = Readonly<Record<string, AttributeValue>>

export const attributeMap = z.record(z.string(), z.record(z.string(), z.unknown()))

const lists = z.array(z.record(z.string(), z.unknown()))

/** The one text that a key attribute has, whatever its type. */
export const keyText = (value: AttributeValue | undefined): string | undefined => {
  const [text] = Object.values(value ?? {})
  return typeof text === 'string' ? text : undefined
}

/** A plain value in place of a tagged one; numbers that JavaScript would round stay texts. */
function plainValue(value: AttributeValue): unknown {
  const [[type, content] = []] = Object.entries(value)
  if (type === 'M') return plainItem(attributeMap.parse(content))
  if (type === 'L') return lists.parse(content).map(plainValue)
  if (type === 'NULL') return null
  if (type !== 'N') return content
  return String(Number(content)) === content ? Number(content) : content
}

export const plainItem = (item: AttributeMap): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, plainValue(value)]))
