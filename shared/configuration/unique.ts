import type { z } from 'zod'

/** The text at the path inside a value, or `undefined`: whatever else is wrong there, another check says so. */
function textAt(value: unknown, path: readonly string[]): string | undefined {
  const [member, ...rest] = path
  if (member === undefined) return typeof value === 'string' ? value : undefined
  if (typeof value !== 'object' || value === null) return undefined
  return textAt(Reflect.get(value, member), rest)
}

interface Uniqueness {
  /** Where in an element the value stands that must not be repeated. */
  readonly at: readonly string[]
  /** The form in which two values are the same; `undefined` for a value that may be repeated. */
  readonly comparable?: (text: string) => string | undefined
  /** Says of a repetition what it repeats. */
  readonly message: (first: number) => string
}

/**
 * Refuses the elements of a list that repeat an earlier one's value, at the place of that value.
 *
 * Made to run (`always`) on what is broken elsewhere, and may be no list at all, so that one reading finds everything.
 */
export const refuseRepeated =
  ({ at, comparable = (text) => text, message }: Uniqueness) =>
  (elements: unknown, report: z.core.$RefinementCtx): void => {
    if (!Array.isArray(elements)) return
    const firsts = new Map<string, number>()
    elements.forEach((element: unknown, index) => {
      const text = textAt(element, at)
      const form = text === undefined ? undefined : comparable(text)
      if (form === undefined) return
      const first = firsts.get(form)
      if (first === undefined) firsts.set(form, index)
      else report.addIssue({ code: 'custom', path: [index, ...at], message: message(first) })
    })
  }

/** Runs a check even when the value's parts have problems of their own. */
export const always = { when: () => true } as const
